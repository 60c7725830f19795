import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { applicationName } from '../../application-name.js'
import { chooseTls, type Tls } from '../../choose-tls.js'
import { type Guard, startGuard } from '../../embedded/guard.js'
import { SOCKET_PREFIX } from '../../embedded/open-socket-server.js'
import { writeRunMark } from '../../embedded/run-mark.js'
import { makeScratch } from '../../embedded/scratch.js'
import { loadRootCertificate } from '../../load-root-certificate.js'
import type { Access } from '../../open-session.js'
import { type DatabaseUrl, parseDatabaseUrl } from '../../parse-database-url.js'
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
  const parts = parseDatabaseUrl(options.url, options.access.databaseSource)
  const ca = options.access.tlsCa ?? (await loadRootCertificate(parts))
  const folder = await makeScratch(undefined, { prefix: SOCKET_PREFIX, prepare: writeRunMark })
  // Its release removes the folder; the end of this process is a release too.
  const guard = startGuard(join(folder, 'data'), [folder])
  try {
    const authorities = join(folder, 'authorities.pem')
    await writeFile(authorities, ca ?? rootCertificates.join('\n'), { mode: 0o600 })
    const environment = makeEnvironment(parts, chooseTls(parts, ca), { ...options, folder, authorities })
    return await run(options, environment, guard)
  } finally {
    await guard.release()
  }
}

interface Around {
  readonly user: string
  readonly access: Access
  readonly folder: string
  readonly authorities: string
}

/** All that libpq would take from elsewhere is said; nothing of this process's own environment is handed on. */
function makeEnvironment(
  { host, port, password = '', database, options = '' }: DatabaseUrl,
  tls: Tls,
  { user, access, folder, authorities }: Around,
): NodeJS.ProcessEnv {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LC_ALL: 'C',
    HOME: folder,
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGPASSWORD: password,
    PGDATABASE: database ?? user,
    PGOPTIONS: options,
    PGAPPNAME: applicationName(access.run.runUrl),
    PGCONNECT_TIMEOUT: '20',
    PGGSSENCMODE: 'disable',
    PGPASSFILE: '/dev/null',
    PGSERVICEFILE: '/dev/null',
    PGSYSCONFDIR: folder,
    ...tlsEnvironment(tls, authorities),
  }
}

/** As our own connection has it. Node's authorities instead of libpq's, which has none of its own. */
function tlsEnvironment({ ssl }: Tls, authorities: string): NodeJS.ProcessEnv {
  if (ssl === false) return { PGSSLMODE: 'disable' }
  if (ssl.rejectUnauthorized === false) return { PGSSLMODE: 'require' }
  return { PGSSLMODE: 'verify-full', PGSSLROOTCERT: authorities }
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
  const signals = [AbortSignal.timeout(WITHIN_MS), ...(options.signal ? [options.signal] : [])]
  const child = spawn(path, [...ARGUMENTS, ...owners, ...left], {
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
