import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Absolute path of the repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

const unread = new Set(['.git', 'node_modules', 'dist', 'build', 'coverage', '.devflow'])

/** Text of a file of the repository. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** Paths of all files under a folder of the repository, relative to its root, with `/`, sorted. */
export function list(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !unread.has(entry.name))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name)
      return entry.isDirectory() ? list(path) : entry.isFile() ? [path] : []
    })
    .sort()
}
