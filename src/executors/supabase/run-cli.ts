import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { openLeash } from './leash.js'
import type { SupabaseCli } from './supabase-cli.js'

/** A Supabase CLI at work. */
export interface RunningCli {
  /** Never rejects. */
  readonly ended: Promise<CliEnd>
  /** Ends it and what it started, at once: what it would do when asked is go on to the end of its file. */
  kill(): void
}

export interface CliEnd {
  /** Null where a signal ended it, or it could not be started. */
  readonly exitCode: number | null
  /** The end of what it printed on either stream. Foreign, and not redacted. */
  readonly output: string
  /** It was ended by us. */
  readonly killed: boolean
}

/** What is kept of its output, in characters. A migration may raise a million notices. */
const KEPT = 64 * 1024

/**
 * Starts it with an environment that is said whole and a closed standard input, in a process group of its own.
 *
 * @param onLine called with each line that it prints, as it is
 */
export function runCli(
  { command: [program, ...first] }: Pick<SupabaseCli, 'command'>,
  args: readonly string[],
  options: {
    readonly env: NodeJS.ProcessEnv
    readonly cwd: string
    readonly onLine: (line: string) => void
  },
): RunningCli {
  const leash = openLeash()
  const child = spawn(program, [...first, ...args], {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (child.pid !== undefined) leash.hold(child.pid)
  let output = ''
  let killed = false
  for (const stream of [child.stdout, child.stderr])
    readLines(stream, (line) => {
      output = `${output}${line}\n`.slice(-KEPT)
      options.onLine(line)
    })
  const ended = new Promise<CliEnd>((resolve) => {
    const end = (exitCode: number | null) => {
      leash.letGo()
      resolve({ exitCode, output, killed })
    }
    child.on('error', (error) => {
      output += `${error.message}\n`
      end(null)
    })
    child.on('close', (code) => end(code))
  })
  const kill = () => {
    killed = true
    if (child.pid === undefined || child.exitCode !== null) return
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      child.kill('SIGKILL')
    }
  }
  return { ended, kill }
}

/** Cut where a line is longer than anybody reads. */
function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (data: string) => {
    const lines = `${rest}${data}`.split('\n')
    rest = (lines.pop() ?? '').slice(-LONGEST_LINE)
    for (const line of lines) onLine(line.slice(0, LONGEST_LINE))
  })
  stream.on('end', () => {
    if (rest !== '') onLine(rest)
  })
  stream.on('error', () => {})
}

const LONGEST_LINE = 8 * 1024
