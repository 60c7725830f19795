import { spawn } from 'node:child_process'
import type { Guard } from '../../embedded/guard.js'
import { openLibpq } from '../../open-libpq.js'
import type { Access } from '../../open-session.js'
import type { SourceFacts } from './source-facts.js'

export interface DumpOptions {
  /** The program. */
  readonly path: string
  /** Of the target. Secret: it is in no argument. */
  readonly url: string
  readonly user: string
  readonly access: Access
  readonly unreadable: SourceFacts['unreadable']
  /** Objects belong to whom they belong to on the target. */
  readonly keepsOwners: boolean
  /** Only what lies in these; extensions lie in none. Absent or empty: all. */
  readonly schemas?: readonly string[]
  readonly signal?: AbortSignal
}

/** What came of it: the SQL, or why there is none, as a clause. */
export type Dumped =
  | { readonly sql: string }
  /** `lost`: its connection broke. */
  | { readonly why: string; readonly lost?: true }

/**
 * Dumps the target's schema, without rows. Takes ACCESS SHARE locks for as long as that takes, and waits for none of
 * them longer than some seconds.
 */
export async function runDump(options: DumpOptions): Promise<Dumped> {
  await using libpq = await openLibpq(options)
  return await run(options, libpq.environment, libpq.guard)
}

const ARGUMENTS = [
  '--schema-only',
  '--no-password',
  '--encoding=UTF8',
  '--lock-wait-timeout=5000',
  // What another server, a folder of the server, or a module is needed for.
  '--no-subscriptions',
  '--no-tablespaces',
  '--no-security-labels',
]

const WITHIN_MS = 120_000
/** Over a network that has gone silent the server can not be asked. */
const LINGERS_MS = 1_000
const LARGEST = 256 * 1024 * 1024

function run(
  { path, access, ...options }: DumpOptions,
  env: NodeJS.ProcessEnv,
  guard: Pick<Guard, 'watch' | 'forget'>,
): Promise<Dumped> {
  const left = options.unreadable.map(({ schema, name }) => `--exclude-table=${quote(schema)}.${quote(name)}`)
  const owners = options.keepsOwners ? [] : ['--no-owner']
  const schemas = (options.schemas ?? []).map((name) => `--schema=${quote(name)}`)
  const signals = [AbortSignal.timeout(WITHIN_MS), ...(options.signal ? [options.signal] : [])]
  const child = spawn(path, [...ARGUMENTS, ...owners, ...schemas, ...left], {
    cwd: '/',
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: AbortSignal.any(signals),
    // It asks the server to end what it waits for; the guard sends it what does the same.
    killSignal: 'SIGTERM',
  })
  if (child.pid !== undefined) guard.watch(child.pid)
  return new Promise((resolve) => {
    const sql: Buffer[] = []
    let bytes = 0
    let said = ''
    const give = (why: string) => resolve({ why, ...(LOSS.test(said) ? { lost: true } : {}) })
    child.stdout.on('data', (data: Buffer) => {
      sql.push(data)
      bytes += data.length
      if (bytes <= LARGEST) return
      give(`the dump is larger than ${LARGEST / 1024 / 1024} MB`)
      child.kill('SIGKILL')
    })
    child.stderr.on('data', (data: Buffer) => {
      said = (said + data.toString('utf8')).slice(0, 4000)
    })
    child.on('error', (error) => {
      setTimeout(() => child.kill('SIGKILL'), LINGERS_MS).unref()
      give(error.name === 'AbortError' ? whyEnded(options.signal) : error.message)
    })
    child.on('close', (code) => {
      guard.forget()
      if (code === 0) resolve({ sql: Buffer.concat(sql).toString('utf8') })
      else give(access.redact(lastError(said, code)))
    })
  })
}

/** What libpq says, in the language that it was told to speak. */
const LOSS =
  /server closed the connection|connection reset|connection to server|no connection to the server|broken pipe/i

function whyEnded(signal: AbortSignal | undefined): string {
  return signal?.aborted ? 'the run was asked to end' : `pg_dump took more than ${WITHIN_MS / 1000} s`
}

/** In a pattern of pg_dump quotes keep their meaning and take all others'. */
function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function lastError(said: string, code: number | null): string {
  const error = /error: (.*)/.exec(said)?.[1] ?? said.trim().split('\n')[0] ?? ''
  return `pg_dump failed${error ? `: ${error.slice(0, 300)}` : ` with exit code ${code}`}`
}
