import { isAbsolute, relative, sep } from 'node:path'

/** By their names only: links are not followed here. Whoever opens the path checks where it really leads. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
