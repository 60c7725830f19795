import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ProgramAccess } from './program-access.js'

export interface ProgramOptions {
  readonly path: string
  /** None of them is secret. */
  readonly args: readonly string[]
  readonly access: ProgramAccess
  readonly signal?: AbortSignal | undefined
  /** What it reads; nothing otherwise. */
  readonly stdin?: Readable
  /** Where its output goes; as text otherwise. */
  readonly stdout?: readonly [NodeJS.ReadWriteStream, Writable] | readonly [Writable]
}

/** What it wrote, or why it failed, as a clause in its own words, which are not redacted. */
export type Ran = { readonly text: string } | { readonly why: string }

/** Over a network that has gone silent the server can not be asked to end it. */
const LINGERS_MS = 1_000
const LONGEST_SAID = 4_000
const LONGEST_TEXT = 64 * 1024 * 1024

/** Runs one of PostgreSQL's programs to its end. It has succeeded only when it says so and all of its output is where it goes. */
export async function runProgram(options: ProgramOptions): Promise<Ran> {
  const { path, args, access, signal } = options
  const child = spawn(path, args, {
    cwd: '/',
    env: access.environment,
    stdio: [options.stdin ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    ...(signal ? { signal } : {}),
    // It asks the server to end what it waits for.
    killSignal: 'SIGTERM',
  })
  if (child.pid !== undefined) access.guard.watch(child.pid)
  const text: Buffer[] = []
  const ended = endOf(child, signal)
  const flows = [carryOut(child, options, text), carryIn(child, options)]
  const [wrote, read] = await Promise.all(flows.map((flow) => flow.then(() => undefined, asWhy)))
  const why = await ended
  access.guard.forget()
  // What could not be written ended the program: its own words tell of that only.
  const first = signal?.aborted ? why : (wrote ?? why ?? read)
  return first === undefined ? { text: Buffer.concat(text).toString('utf8') } : { why: first }
}

async function carryIn({ stdin }: ChildProcess, options: ProgramOptions): Promise<void> {
  if (!options.stdin || !stdin) return
  // What ends early says why itself.
  await pipeline(options.stdin, stdin).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  })
}

async function carryOut(child: ChildProcess, { stdout }: ProgramOptions, text: Buffer[]): Promise<void> {
  const from = child.stdout
  if (!from) return
  if (stdout) {
    const [first, second] = stdout
    const flow = second ? pipeline(from, first, second) : pipeline(from, first)
    await flow.catch((error: unknown) => {
      child.kill('SIGTERM')
      throw error
    })
    return
  }
  let length = 0
  for await (const data of from) {
    length += (data as Buffer).length
    if (length <= LONGEST_TEXT) text.push(data as Buffer)
  }
  if (length > LONGEST_TEXT) throw new Error('it wrote more than can be kept')
}

/** Undefined where it ended well. */
function endOf(child: ChildProcess, signal: AbortSignal | undefined): Promise<string | undefined> {
  let said = ''
  child.stderr?.on('data', (data: Buffer) => {
    said = (said + data.toString('utf8')).slice(0, LONGEST_SAID)
  })
  return new Promise((resolve) => {
    child.on('error', (error) => {
      setTimeout(() => child.kill('SIGKILL'), LINGERS_MS).unref()
      if (error.name !== 'AbortError') resolve(error.message)
    })
    child.on('close', (code, killed) => {
      if (signal?.aborted) resolve('the run was asked to end')
      else resolve(code === 0 ? undefined : lastError(said, killed === null ? `exit code ${code}` : killed))
    })
  })
}

function lastError(said: string, ended: string): string {
  const error = /(?:error|ERROR|FATAL): +(.*)/.exec(said)?.[1] ?? said.trim().split('\n').at(-1) ?? ''
  return error ? error.slice(0, 300) : `it ended with ${ended}`
}

function asWhy(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
