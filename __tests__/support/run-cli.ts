import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'

export interface CliOptions {
  readonly cwd: string
  /** The process gets these, `PATH` and `HOME`, and nothing else of the test's own environment. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

export interface CliResult {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `devflow …` with nothing on its standard input and no terminal. */
export async function runCli(
  cli: string,
  words: readonly string[],
  { cwd, env = {} }: CliOptions,
): Promise<CliResult> {
  const child = spawn(process.execPath, [cli, ...words], {
    cwd,
    env: { PATH: process.env.PATH, HOME: tmpdir(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const texts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      texts[name] += chunk
    })
  }
  const exitCode = await new Promise<number | null>((done, failed) => {
    child.once('error', failed)
    child.once('close', done)
  })
  return { exitCode, ...texts }
}
