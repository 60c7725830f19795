import { createRequire } from 'node:module'
import { join } from 'node:path'

/**
 * The file that PGlite begins at, as Node resolves it from the first folder that has it. It is no part of this tool: the
 * project installs it.
 */
export function findPglite(searched: readonly string[]): string | undefined {
  for (const folder of searched) {
    try {
      return createRequire(join(folder, 'package.json')).resolve('@electric-sql/pglite')
    } catch {
      // Not here.
    }
  }
  return undefined
}
