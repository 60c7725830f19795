import type { Dirent } from 'node:fs'
import { lstat, opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Something in the folder that is not looked into, and why. */
export interface RefusedEntry {
  readonly name: string
  readonly why:
    | { readonly kind: 'symlink' | 'not-a-regular-file' }
    /** The reason is the operating system's word: `EACCES`. */
    | { readonly kind: 'unreadable-file'; readonly reason: string }
}

/** What was found in the migrations folder. */
export interface Folder {
  /** The `.sql` files, relative to the folder, with `/`, in no order. */
  readonly names: readonly string[]
  readonly refused: readonly RefusedEntry[]
  /** The folder has more entries than are looked at. */
  readonly tooMany: boolean
}

/** Entries of the folder and those below that are looked at: more are a mistake, or meant to exhaust the machine. */
export const MOST_ENTRIES = 100_000

/**
 * Lists a folder and the folders in it. Follows no link, and enters no folder whose name begins with a dot.
 *
 * @param root the folder, no link in it
 * @param isExcluded asked for each name before anything else is done with it
 */
export async function loadFolder(
  root: string,
  isExcluded: (name: string) => boolean,
  most = MOST_ENTRIES,
): Promise<Folder> {
  const walk: Walk = { root, isExcluded, most, names: [], refused: [], folders: [''], entries: 0 }
  for (let folder = walk.folders.pop(); folder !== undefined; folder = walk.folders.pop()) {
    try {
      await loadEntries(folder, walk)
    } catch (error) {
      const reason = (error as Partial<NodeJS.ErrnoException>).code ?? String(error)
      walk.refused.push({ name: folder.replace(/\/$/, ''), why: { kind: 'unreadable-file', reason } })
    }
    if (walk.entries > most) break
  }
  return { names: walk.names, refused: walk.refused, tooMany: walk.entries > most }
}

interface Walk {
  readonly root: string
  readonly isExcluded: (name: string) => boolean
  readonly most: number
  readonly names: string[]
  readonly refused: RefusedEntry[]
  /** Still to be listed, each with a `/` at the end. */
  readonly folders: string[]
  entries: number
}

async function loadEntries(folder: string, walk: Walk): Promise<void> {
  for await (const entry of await opendir(join(walk.root, folder), { bufferSize: 1024 })) {
    if (++walk.entries > walk.most) return
    const name = `${folder}${entry.name}`
    if (walk.isExcluded(name)) continue
    const kind = await kindOf(join(walk.root, name), entry)
    if (kind === 'file') walk.names.push(name)
    else if (kind === 'folder') walk.folders.push(`${name}/`)
    else if (kind !== 'ignored') walk.refused.push({ name, why: { kind } })
  }
}

type Kind = 'file' | 'folder' | 'ignored' | 'symlink' | 'not-a-regular-file'

async function kindOf(path: string, entry: Dirent): Promise<Kind> {
  const isSql = /\.sql$/i.test(entry.name)
  // Some file systems do not tell the kind with the name.
  const found = entry.isFile() || entry.isDirectory() ? entry : await lstat(path)
  if (found.isFile()) return isSql ? 'file' : 'ignored'
  // A folder may be named `….sql`: its version is in its name all the same.
  if (found.isDirectory()) return entry.name.startsWith('.') ? 'ignored' : 'folder'
  if (found.isSymbolicLink()) return isSql || (await leadsToFolder(path)) ? 'symlink' : 'ignored'
  return isSql ? 'not-a-regular-file' : 'ignored'
}

async function leadsToFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (target) => target.isDirectory(),
    () => false,
  )
}
