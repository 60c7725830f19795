import { appendFile, stat } from 'node:fs/promises'

/**
 * Appends a command to one of the files that the runner gives a step and reads when it ends.
 *
 * Written here rather than taken from GitHub's toolkit, whose HTTP client would double the start-up of each step.
 *
 * @throws Error where the runner gave no such file; a file of that name is not made, for nobody would read it
 */
export async function appendCommand(variable: 'GITHUB_OUTPUT' | 'GITHUB_PATH', text: string): Promise<void> {
  const path = process.env[variable]
  if (!path) throw new Error(`${variable} is not set`)
  await stat(path)
  await appendFile(path, `${text}\n`)
}
