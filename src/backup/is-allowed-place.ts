import { realpath } from 'node:fs/promises'
import { dirname, isAbsolute, relative, sep } from 'node:path'

/** Whether what will be written to a folder really lies in one of those that are allowed, links followed. It need not be there yet. */
export async function isAllowedPlace(folder: string, allowed: readonly string[]): Promise<boolean> {
  const place = await nearest(folder)
  const parents = await Promise.all(allowed.map((parent) => realpath(parent).catch(() => parent)))
  return parents.some((parent) => isIn(parent, place))
}

/** Of what is there already, as it really is. */
async function nearest(folder: string): Promise<string> {
  const found = await realpath(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return found ?? (dirname(folder) === folder ? folder : nearest(dirname(folder)))
}

function isIn(parent: string, path: string): boolean {
  const way = relative(parent, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
