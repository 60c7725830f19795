import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../../model/user-error.js'
import { chooseDataFolder, type DataPlace } from './choose-data-folder.js'
import { readyDataFolder } from './data-folder.js'
import { type Guard, startGuard } from './guard.js'
import { type Lease, openLease } from './lease.js'
import { type Binaries, readyBinaries } from './ready-binaries.js'
import { makeScratch } from './scratch.js'
import { loadServerAccount } from './server-account.js'
import { startPostgres } from './start-postgres.js'
import { untilFree } from './until-free.js'

export interface ServerOptions {
  /** The package folder of the binaries, as `findBinaries` returns it. */
  readonly binaries: string
  /** Kept when the server stops. Without it the data is temporary: fast, unsafe, and gone with the server. */
  readonly dataFolder?: string
  /** Any free port without it. */
  readonly port?: number
  /** The file that the server's log is added to. Without it the log goes with the server. */
  readonly log?: string
  /** How long to wait for another run that uses the same data folder. */
  readonly waitMs?: number
  /** Told once, in a sentence, when there is such a run. */
  readonly onWait?: (sentence: string) => void
}

/** A PostgreSQL of our own. Stops when this process ends, however it ends: at the latest after some seconds. */
export interface EmbeddedServer extends AsyncDisposable {
  readonly port: number
  readonly dataFolder: string
  /** Sentences about where things lie that are not where they were asked for. */
  readonly notes: readonly string[]
  /** Holds the password: never print it. The user is a superuser. */
  url(database?: string): string
  /** Returns when the server has stopped and everything temporary is gone. */
  stop(): Promise<void>
}

/** Throws `UserError` where the set-up forbids it: folder in use or somebody else's, port taken, no account. */
export async function openServer(options: ServerOptions): Promise<EmbeddedServer> {
  const root = await loadServerAccount()
  const scratch = await makeScratch(root)
  const temporary = { folder: join(scratch, 'data'), account: root, isElsewhere: false }
  const place = await chooseOrRemove(options.dataFolder, temporary, root, scratch)
  const unfinished = `${place.folder}.new-${randomBytes(4).toString('hex')}`
  const guard = startGuard(place.folder, [scratch, unfinished, `${unfinished}-password`])
  try {
    return await open(options, place, { scratch, unfinished, guard })
  } catch (error) {
    await guard.release()
    await rm(scratch, { recursive: true, force: true })
    throw error
  }
}

async function chooseOrRemove(
  wanted: string | undefined,
  temporary: DataPlace,
  root: DataPlace['account'],
  scratch: string,
): Promise<DataPlace> {
  if (wanted === undefined) return temporary
  return chooseDataFolder(wanted, root).catch(async (error: unknown) => {
    await rm(scratch, { recursive: true, force: true })
    throw error
  })
}

interface Means {
  readonly scratch: string
  readonly unfinished: string
  readonly guard: Guard
}

async function open(options: ServerOptions, place: DataPlace, means: Means): Promise<EmbeddedServer> {
  const binaries = await readyBinaries(options.binaries, means.scratch, place.account)
  const { port, child, password } = await start(options, place, means, binaries)
  const lease = await openLease(port, password)
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= stopServer(lease, means, child)
    return stopped
  }
  return {
    port,
    dataFolder: place.folder,
    notes: makeNotes(options, place, binaries),
    url: (database = 'postgres') =>
      `postgres://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

interface Running {
  readonly port: number
  readonly child: ChildProcess
  readonly password: string
}

/** Tries again where another process took the port in the moment between finding and using it. */
async function start(
  options: ServerOptions,
  place: DataPlace,
  { scratch, unfinished, guard }: Means,
  binaries: Binaries,
): Promise<Running> {
  const isTemporary = options.dataFolder === undefined
  let portsTried = 0
  for (;;) {
    await untilFree(place.folder, options.waitMs ?? 60_000, options.onWait ?? (() => {}))
    const { folder, account } = place
    const password = await readyDataFolder({ folder, unfinished, binaries, account, isTemporary })
    const started = await startPostgres({
      bin: binaries.bin,
      dataFolder: folder,
      port: options.port ?? 0,
      log: options.log ?? join(scratch, 'postgres.log'),
      account,
      isTemporary,
      onSpawn: guard.watch,
    })
    if (started.kind === 'ready') return { ...started, password }
    if (started.kind === 'port-taken') portsTried += 1
    if (started.kind === 'port-taken' && (options.port !== undefined || portsTried > 5)) {
      throw portTaken(started.port)
    }
  }
}

/** The guard does the work; what follows is for the case that somebody killed the guard. */
async function stopServer(lease: Lease, { guard, scratch }: Means, child: ChildProcess): Promise<void> {
  await lease.release()
  await guard.release()
  if (child.exitCode === null && child.signalCode === null) {
    child.ref()
    const ended = once(child, 'exit')
    child.kill('SIGINT')
    await ended
  }
  await rm(scratch, { recursive: true, force: true })
}

function makeNotes(options: ServerOptions, place: DataPlace, binaries: Binaries): string[] {
  const notes: string[] = []
  const who = place.account?.name ?? 'you'
  if (place.isElsewhere) {
    notes.push(
      `The local database lies in ${place.folder}: PostgreSQL does not run as root, and ${who} may not enter ${options.dataFolder}.`,
    )
  }
  if (binaries.copiedTo !== undefined) {
    notes.push(
      `PostgreSQL runs from a temporary copy in ${binaries.copiedTo}: ${options.binaries} could not be used in place.`,
    )
  }
  return notes
}

function portTaken(port: number): UserError {
  return new UserError([
    {
      message: `The local PostgreSQL cannot listen on 127.0.0.1:${port}: the port is taken.`,
      help: 'Stop what uses it, or choose another port.',
    },
  ])
}
