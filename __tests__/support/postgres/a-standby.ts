import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readyDataFolder } from '../../../src/database/embedded/data-folder.js'
import { startGuard } from '../../../src/database/embedded/guard.js'
import { readyBinaries } from '../../../src/database/embedded/ready-binaries.js'
import { runAs } from '../../../src/database/embedded/run-as.js'
import { makeScratch } from '../../../src/database/embedded/scratch.js'
import { loadServerAccount } from '../../../src/database/embedded/server-account.js'
import { startPostgres } from '../../../src/database/embedded/start-postgres.js'
import { until } from '../until.js'
import { aClient } from './a-client.js'
import { binariesOf, type Major } from './major.js'

/** A hot standby of a test's own: it answers, and takes no writes. */
export interface Standby extends AsyncDisposable {
  /** As superuser. */
  readonly url: string
}

/**
 * A server that ran as a primary, was stopped, and came back as a standby.
 *
 * @param asPrimary what is done while it still takes writes
 */
export async function aStandby(major: Major, asPrimary: (url: string) => Promise<void>): Promise<Standby> {
  const account = await loadServerAccount()
  const scratch = await makeScratch(account)
  const dataFolder = join(scratch, 'data')
  const guard = startGuard(dataFolder, [scratch])
  const binaries = await readyBinaries(await binariesOf(major), scratch, account)
  const unfinished = join(scratch, 'unfinished')
  const folder = { folder: dataFolder, unfinished, binaries, account, isTemporary: true }
  const password = await readyDataFolder(folder)
  const log = join(scratch, 'postgres.log')
  const options = { bin: binaries.bin, dataFolder, port: 0, log, account, onSpawn: guard.watch }
  // Not as a temporary server, whose log of changes is none that a standby could start from.
  const primary = await startPostgres({ ...options, isTemporary: false })
  if (primary.kind !== 'ready') throw new Error(`the server did not start: ${primary.kind}`)
  const url = `postgres://postgres:${password}@127.0.0.1:${primary.port}/postgres`
  await asPrimary(url)
  await stop(primary.child)
  const signal = join(dataFolder, 'standby.signal')
  await writeFile(signal, '')
  if (account) await chown(signal, account.uid, account.gid)
  const flags = ['-D', dataFolder, '-p', String(primary.port), '-c', 'listen_addresses=127.0.0.1', '-k', '']
  const standby = spawn(join(binaries.bin, 'postgres'), flags, { ...runAs(account), stdio: 'ignore' })
  if (standby.pid !== undefined) guard.watch(standby.pid)
  await until(() => answers(url))
  return {
    url,
    async [Symbol.asyncDispose]() {
      await guard.release()
      await stop(standby)
      await rm(scratch, { recursive: true, force: true })
    },
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    await using client = await aClient(url)
    const [row] = await client.query<{ standby: boolean }>('select pg_is_in_recovery() as standby')
    return row?.standby === true
  } catch {
    return false
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.ref()
  const ended = once(child, 'exit')
  // A fast shutdown.
  child.kill('SIGINT')
  await ended
}
