import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** One file of a backup: the backup itself, or what is in its folder. */
export interface BackupFile {
  readonly path: string
  /** Empty: the backup itself. */
  readonly name: string
  readonly bytes: number
}

/** The files of a backup, by name. @throws Error where there is anything else in it: a link could lead out of it */
export async function listFiles(path: string): Promise<BackupFile[]> {
  const found = await lstat(path)
  if (found.isFile()) return [{ path, name: '', bytes: found.size }]
  if (!found.isDirectory()) throw new Error('it is neither a file nor a folder')
  const names = (await readdir(path)).sort()
  return Promise.all(
    names.map(async (name) => {
      const each = await lstat(join(path, name))
      if (!each.isFile()) throw new Error(`${JSON.stringify(name)} in it is no file`)
      return { path: join(path, name), name, bytes: each.size }
    }),
  )
}
