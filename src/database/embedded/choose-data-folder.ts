import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { UserError } from '../../model/user-error.js'
import { isReachable } from './reachable.js'
import type { ServerAccount } from './server-account.js'

/** Where a server's data lies, and as whom the server runs. */
export interface DataPlace {
  readonly folder: string
  readonly account: ServerAccount | undefined
  /** The folder lies elsewhere than asked for, because the server's account cannot enter that place. */
  readonly isElsewhere: boolean
}

/**
 * The folder itself; or, where the account cannot enter the folder above it (root's home, say), one in
 * `elsewhere` whose name is made from the folder's path, so that the next run finds it again.
 * Data that a user made stays that user's when root comes along. Throws `UserError` where the data is
 * somebody else's.
 */
export async function chooseDataFolder(
  wanted: string,
  account: ServerAccount | undefined,
  elsewhere = '/var/tmp',
): Promise<DataPlace> {
  await mkdir(dirname(wanted), { recursive: true })
  const above = await realpath(dirname(wanted))
  const folder = join(above, basename(wanted))
  const owner = await loadOwner(folder)
  if (account === undefined) {
    refuseForeign(folder, owner)
    return { folder, account, isElsewhere: false }
  }
  if (owner !== undefined && owner.uid !== 0) return { folder, account: owner, isElsewhere: false }
  if (await isReachable(above, account)) return { folder, account, isElsewhere: false }
  return { folder: join(await makeElsewhere(folder, elsewhere), 'data'), account, isElsewhere: true }
}

async function loadOwner(folder: string): Promise<ServerAccount | undefined> {
  return stat(folder).then(
    ({ uid, gid }) => ({ name: `user ${uid}`, uid, gid }),
    () => undefined,
  )
}

function refuseForeign(folder: string, owner: ServerAccount | undefined): void {
  if (owner === undefined || owner.uid === process.getuid?.()) return
  throw new UserError([
    {
      message: `The local database in ${folder} belongs to another user (uid ${owner.uid}).`,
      help: 'Run devflow as that user, delete the folder to start afresh, or set DATABASE_URL.',
    },
  ])
}

/** In a place where everybody may write, a folder that is not ours must not be believed. */
async function makeElsewhere(folder: string, elsewhere: string): Promise<string> {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  const made = join(elsewhere, `devflow-postgres-${name}`)
  await mkdir(made, { mode: 0o711 }).catch(unlessItExists)
  const found = await lstat(made)
  if (!found.isDirectory() || found.uid !== process.getuid?.()) throw foreignPlace(made)
  await chmod(made, 0o711)
  return made
}

function unlessItExists(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

function foreignPlace(place: string): UserError {
  return new UserError([
    {
      message: `The local database would lie in ${place}, but that was made by somebody else.`,
      help: 'Delete it, or set DATABASE_URL.',
    },
  ])
}
