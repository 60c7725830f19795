import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadPostmasterFile } from './postmaster-file.js'
import { runAs } from './run-as.js'
import type { ServerAccount } from './server-account.js'

export interface PostgresOptions {
  /** The folder of the program `postgres`. */
  readonly bin: string
  readonly dataFolder: string
  /** 0 for any free one. On a socket it is a part of the socket's name. */
  readonly port: number
  /** The folder of the Unix socket it listens on instead of 127.0.0.1. */
  readonly socketFolder?: string
  /** Further settings: `jit=off`. */
  readonly settings?: readonly string[]
  /** The file that the server's log is added to. */
  readonly log: string
  readonly account: ServerAccount | undefined
  /** Trades the safety of the data for speed: only for data that will be thrown away. */
  readonly isTemporary: boolean
  /** Called as soon as there is a process, long before the server is ready. */
  readonly onSpawn: (pid: number) => void
}

/** What came of one try to start. */
export type Started =
  | { readonly kind: 'ready'; readonly port: number; readonly child: ChildProcess }
  | { readonly kind: 'port-taken'; readonly port: number }
  /** Another run started its server on the same folder first. */
  | { readonly kind: 'folder-taken' }

const readyLimitMs = 60_000
/** What does not end by itself. */
const HANGS_MS = 10_000

/** Starts the server once, reachable on 127.0.0.1 or on a socket only. Throws with the end of the log when it does not come up. */
export async function startPostgres(options: PostgresOptions): Promise<Started> {
  const port = options.port === 0 ? await freePort() : options.port
  const logStart = await sizeOf(options.log)
  const child = await spawnPostgres(options, port)
  if (await becomesReady(child, options.dataFolder)) return { kind: 'ready', port, child }
  const said = (await readFile(options.log)).subarray(logStart).toString('utf8')
  if (/lock file "postmaster.pid" (already exists|is empty)/.test(said)) return { kind: 'folder-taken' }
  if (/could not bind|[Cc]ould not create any TCP/.test(said)) return { kind: 'port-taken', port }
  throw new Error(`PostgreSQL did not start. The end of its log:\n${said.slice(-2000)}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  )
}

async function spawnPostgres(options: PostgresOptions, port: number): Promise<ChildProcess> {
  const log = await open(options.log, 'a', 0o600)
  try {
    const child = spawn(join(options.bin, 'postgres'), postgresArguments(options, port), {
      ...runAs(options.account),
      // Ctrl-C on a terminal must reach the run, which then stops the server; not the server first.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    })
    await once(child, 'spawn')
    child.unref()
    if (child.pid !== undefined) options.onSpawn(child.pid)
    return child
  } finally {
    await log.close()
  }
}

function postgresArguments(options: PostgresOptions, port: number): string[] {
  const { dataFolder, isTemporary, socketFolder } = options
  const settings = [...listening(socketFolder), 'logging_collector=off', ...(options.settings ?? [])]
  if (isTemporary) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off')
  return ['-D', dataFolder, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]
}

function listening(socketFolder: string | undefined): string[] {
  if (socketFolder === undefined) return ['listen_addresses=127.0.0.1', 'unix_socket_directories=']
  // The setting is a list: quotes make one name of it.
  const quoted = `"${socketFolder.replaceAll('"', '""')}"`
  return ['listen_addresses=', `unix_socket_directories=${quoted}`, 'unix_socket_permissions=0700']
}

/** False when the process ended instead. A server that hangs is stopped and counts as ended. */
async function becomesReady(child: ChildProcess, dataFolder: string): Promise<boolean> {
  const limit = Date.now() + readyLimitMs
  while (child.exitCode === null && child.signalCode === null) {
    const file = await loadPostmasterFile(dataFolder)
    if (file?.pid === child.pid && file?.isReady === true) return true
    if (Date.now() > limit) child.kill(Date.now() > limit + HANGS_MS ? 'SIGKILL' : 'SIGQUIT')
    await sleep(10)
  }
  return false
}
