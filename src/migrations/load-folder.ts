import { type Dirent, opendirSync } from 'node:fs'
import { lstat, stat } from 'node:fs/promises'
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
  // Waiting for each entry would take longer than reading it.
  const entries = opendirSync(join(walk.root, folder), { bufferSize: 1024 })
  try {
    for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
      if (++walk.entries > walk.most) return
      const name = `${folder}${entry.name}`
      if (walk.isExcluded(name)) continue
      const kind = kindByEntry(entry, entry.name) ?? (await kindOf(join(walk.root, name), entry.name))
      if (kind === 'file') walk.names.push(name)
      else if (kind === 'folder') walk.folders.push(`${name}/`)
      else if (kind !== 'ignored') walk.refused.push({ name, why: { kind } })
    }
  } finally {
    entries.closeSync()
  }
}

type Kind = 'file' | 'folder' | 'ignored' | 'symlink' | 'not-a-regular-file'

function kindByEntry(found: Pick<Dirent, 'isFile' | 'isDirectory'>, name: string): Kind | undefined {
  if (found.isFile()) return isSql(name) ? 'file' : 'ignored'
  // A folder may be named `….sql`: its version is in its name all the same.
  if (found.isDirectory()) return name.startsWith('.') ? 'ignored' : 'folder'
  return undefined
}

// Some file systems do not tell the kind with the name.
async function kindOf(path: string, name: string): Promise<Kind> {
  const found = await lstat(path)
  const kind = kindByEntry(found, name)
  if (kind !== undefined) return kind
  if (found.isSymbolicLink()) return isSql(name) || (await leadsToFolder(path)) ? 'symlink' : 'ignored'
  return isSql(name) ? 'not-a-regular-file' : 'ignored'
}

function isSql(name: string): boolean {
  return /\.sql$/i.test(name)
}

async function leadsToFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (target) => target.isDirectory(),
    () => false,
  )
}
