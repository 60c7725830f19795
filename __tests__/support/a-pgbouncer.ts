import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { loadServerAccount } from '../../src/database/embedded/server-account.js'
import { aFolder } from './postgres/a-folder.js'

/** A pool in front of one database: `await using pool = await aPgBouncer(database.url, { mode: 'transaction' })` */
export interface PgBouncer extends AsyncDisposable {
  /** The database's URL through the pool. */
  readonly url: string
}

export interface PoolOptions {
  readonly mode: 'session' | 'transaction' | 'statement'
  /** How many server processes it opens at most. */
  readonly size?: number
  /** Hands out its processes in turn, and not the one that was used last. */
  readonly roundRobin?: boolean
}

/** PgBouncer with its defaults but for these. Runs in the foreground, as nobody where the tests are root's. */
export async function aPgBouncer(databaseUrl: string, options: PoolOptions): Promise<PgBouncer> {
  const folder = await aFolder()
  const port = await freePort()
  const file = join(folder.path, 'pgbouncer.ini')
  // It holds a password, and is read before PgBouncer changes to another account.
  await writeFile(file, configuration(new URL(databaseUrl), options, port), { mode: 0o600 })
  const account = await loadServerAccount()
  const child = spawn('pgbouncer', [...(account ? ['-u', account.name] : []), file], {
    cwd: folder.path,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (data) => (said = `${said}${data}`.slice(-2_000)))
  const url = new URL(databaseUrl)
  url.host = `127.0.0.1:${port}`
  await untilReady(url.href, child, () => said)
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      await stop(child)
      await folder[Symbol.asyncDispose]()
    },
  }
}

function configuration(to: URL, { mode, size = 5, roundRobin = false }: PoolOptions, port: number): string {
  const database = to.pathname.slice(1)
  return `[databases]
${database} = host=${to.hostname} port=${to.port} dbname=${database} user=${to.username} password=${to.password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = ${size}
server_round_robin = ${roundRobin ? 1 : 0}
`
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function untilReady(url: string, child: ChildProcess, said: () => string): Promise<void> {
  for (const started = Date.now(); ; ) {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    const reached = await client.connect().then(
      () => true,
      () => false,
    )
    await client.end().catch(() => {})
    if (reached) return
    if (child.exitCode !== null || Date.now() - started > 20_000)
      throw new Error(`PgBouncer did not start: ${said()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
