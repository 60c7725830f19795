import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { UserError } from '../../model/user-error.js'
import { loadPassword } from './data-folder.js'
import { openLease } from './lease.js'
import { loadPostmasterFile, type PostmasterFile } from './postmaster-file.js'

/**
 * - `used`: another run holds the server.
 * - `orphaned`: the server answers and nobody holds it: its run was killed together with its guard.
 * - `stale`: the file was left by a server that is gone.
 * - `unclear`: a server is starting or stopping.
 */
type Holder = 'used' | 'orphaned' | 'stale' | 'unclear'

/** A run that has just started its server has no lease for some milliseconds. */
const orphanedForMs = 2000

/**
 * Returns when no server runs on the data folder: waits for another run to finish, stops a server that nobody
 * holds, and clears away the traces of one that was killed. Throws `UserError` after `limitMs`.
 */
export async function untilFree(
  dataFolder: string,
  limitMs: number,
  onWait: (sentence: string) => void,
): Promise<void> {
  const start = Date.now()
  let orphanedSince: number | undefined
  let isSaid = false
  for (;;) {
    const file = await loadPostmasterFile(dataFolder)
    if (file === undefined) return
    const holder = await findHolder(dataFolder, file)
    if (holder === 'stale') return removeStale(dataFolder, file)
    orphanedSince = holder === 'orphaned' ? (orphanedSince ?? Date.now()) : undefined
    if (orphanedSince !== undefined && Date.now() - orphanedSince > orphanedForMs) stop(file.pid)
    if (Date.now() - start > limitMs) throw inUse(dataFolder, file.pid, limitMs)
    if (holder === 'used' && !isSaid) onWait(waiting(dataFolder, file.pid))
    isSaid ||= holder === 'used'
    await sleep(100)
  }
}

async function findHolder(dataFolder: string, file: PostmasterFile): Promise<Holder> {
  const password = (await loadPassword(dataFolder)) ?? ''
  try {
    const lease = await openLease(file.port, password)
    try {
      return (await lease.isContended()) ? 'used' : 'orphaned'
    } finally {
      await lease.release()
    }
  } catch {
    return (await isPostgres(file.pid)) ? 'unclear' : 'stale'
  }
}

/**
 * PostgreSQL itself starts over the file of a dead process; it can't where another process has the number now.
 * The file of a server that was started in this moment must stay.
 */
async function removeStale(dataFolder: string, { pid }: PostmasterFile): Promise<void> {
  const now = await loadPostmasterFile(dataFolder)
  if (now?.pid === pid && isAlive(pid)) await rm(join(dataFolder, 'postmaster.pid'), { force: true })
}

/** Process numbers are used again, in containers at once: being alive is not enough. A zombie is dead. */
async function isPostgres(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => processStatus(pid))
  return status.includes('postgres') && !/\) Z/.test(status)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Where there is no /proc. A name that can't be had counts as PostgreSQL's: waiting is the safe side. */
async function processStatus(pid: number): Promise<string> {
  return promisify(execFile)('ps', ['-o', 'comm=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => 'postgres',
  )
}

/** Only after a login with the folder's own password: this is no foreign process. */
function stop(pid: number): void {
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    // It has gone by itself.
  }
}

function waiting(dataFolder: string, pid: number): string {
  return `Another run uses the local database in ${dataFolder} (server process ${pid}): waiting for it to finish.`
}

function inUse(dataFolder: string, pid: number, limitMs: number): UserError {
  return new UserError([
    {
      message: `The local database in ${dataFolder} is in use by another run (server process ${pid}), for more than ${Math.round(limitMs / 1000)}s.`,
      help: 'Wait for that run to finish, or set DATABASE_URL to a server that is running.',
    },
  ])
}
