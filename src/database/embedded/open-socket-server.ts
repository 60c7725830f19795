import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chown, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Guard, startGuard } from './guard.js'
import { readyBinaries } from './ready-binaries.js'
import { runInitdb } from './run-initdb.js'
import { writeRunMark } from './run-mark.js'
import { makeScratch } from './scratch.js'
import type { ServerAccount } from './server-account.js'
import { startPostgres } from './start-postgres.js'

export interface SocketServerOptions {
  /** The folder of `initdb` and `postgres`; or the package folder that npm installed them in. */
  readonly programs: { readonly bin: string } | { readonly npm: string }
  /** Whom it runs as; nobody else's where this process is not root. */
  readonly account: ServerAccount | undefined
  /** Further settings: `jit=off`. */
  readonly settings?: readonly string[]
}

/** A server on a Unix socket in a folder that only its account may enter. Nothing of it is kept. */
export interface SocketServer extends AsyncDisposable {
  /** What `pg` and libpq take as the host. */
  readonly socketFolder: string
  readonly port: number
  /** A superuser. No foreign SQL may run as this one: it would have a shell on this machine. */
  readonly owner: { readonly user: string; readonly password: string }
}

/** What the names of their temporary folders begin with. */
export const SOCKET_PREFIX = 'devflow-shadow-'

const PORT = 5432

/** Bytes of a socket's path on macOS, which has the least, without `/devflow-shadow-XXXXXX/.s.PGSQL.5432.lock`. */
const LONGEST_PLACE = 103 - 45

/**
 * Starts a server that is gone when it is disposed of, and at the latest some seconds after this process ended, however
 * it ended. Throws with what the programs said where it does not come up.
 */
export async function openSocketServer(options: SocketServerOptions): Promise<SocketServer> {
  const { account } = options
  const scratch = await makeScratch(account, {
    prefix: SOCKET_PREFIX,
    longestPlace: LONGEST_PLACE,
    prepare: writeRunMark,
  })
  const guard = startGuard(join(scratch, 'data'), [scratch])
  const close = async (child?: ChildProcess) => {
    await guard.release()
    await stopped(child)
    await rm(scratch, { recursive: true, force: true })
  }
  try {
    return await open(options, scratch, guard, close)
  } catch (error) {
    await close()
    throw error
  }
}

async function open(
  { programs, account, settings = [] }: SocketServerOptions,
  scratch: string,
  guard: Guard,
  close: (child: ChildProcess) => Promise<void>,
): Promise<SocketServer> {
  const bin = 'npm' in programs ? (await readyBinaries(programs.npm, scratch, account)).bin : programs.bin
  const owner = {
    user: `devflow_${randomBytes(6).toString('hex')}`,
    password: randomBytes(24).toString('hex'),
  }
  const folder = await makeData(bin, scratch, owner, account)
  const started = await startPostgres({
    bin,
    dataFolder: folder,
    port: PORT,
    socketFolder: scratch,
    settings: [...SETTINGS, ...settings],
    log: join(scratch, 'postgres.log'),
    account,
    isTemporary: true,
    onSpawn: guard.watch,
  })
  if (started.kind !== 'ready') throw new Error(`PostgreSQL did not start: ${started.kind} in ${folder}.`)
  let closed: Promise<void> | undefined
  return {
    socketFolder: scratch,
    port: PORT,
    owner,
    [Symbol.asyncDispose]: () => {
      closed ??= close(started.child)
      return closed
    },
  }
}

const SETTINGS = [
  'max_connections=20',
  // A rehearsal in one transaction keeps the locks of all its files.
  'max_locks_per_transaction=1024',
  // In the data folder instead of /dev/shm: small in containers, and left behind by what is killed.
  'dynamic_shared_memory_type=mmap',
]

async function makeData(
  bin: string,
  scratch: string,
  { user, password }: SocketServer['owner'],
  account: ServerAccount | undefined,
): Promise<string> {
  const folder = join(scratch, 'data')
  const passwordFile = join(scratch, 'password')
  await mkdir(folder, { mode: 0o700 })
  await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' })
  if (account) await Promise.all([folder, passwordFile].map((path) => chown(path, account.uid, account.gid)))
  await runInitdb({ bin, folder, user, passwordFile, account, isTemporary: true })
  await rm(passwordFile)
  return folder
}

/** The guard has done it, unless somebody killed the guard. */
async function stopped(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  child.ref()
  const ended = once(child, 'exit')
  child.kill('SIGINT')
  const hanging = setTimeout(() => child.kill('SIGKILL'), HANGS_MS)
  await ended
  clearTimeout(hanging)
}

/** A server that is stopped in the middle ends for nothing else. */
const HANGS_MS = 10_000
