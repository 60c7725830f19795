import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appendCommand } from './append-command.js'

/**
 * Puts the command `devflow` on PATH for the later steps of the job and returns its folder, which lies in
 * RUNNER_TEMP and goes with the job. It runs the given Node, so that a runner without one serves too.
 */
export async function addToPath(
  cli: string,
  temp: string | undefined,
  node = process.execPath,
): Promise<string> {
  const base = temp || tmpdir()
  await mkdir(base, { recursive: true })
  const folder = await mkdtemp(join(base, 'devflow-'))
  const script = join(folder, 'devflow')
  await writeFile(script, `#!/bin/sh\nexec ${quoteForSh(node)} ${quoteForSh(cli)} "$@"\n`)
  await chmod(script, 0o755)
  await writeFile(`${script}.cmd`, `@${quoteForCmd(node)} ${quoteForCmd(cli)} %*\r\n`)
  await appendCommand('GITHUB_PATH', folder)
  return folder
}

function quoteForSh(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** Windows allows no quote in a path. */
function quoteForCmd(text: string): string {
  return `"${text.replaceAll('%', '%%')}"`
}
