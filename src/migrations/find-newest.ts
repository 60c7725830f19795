import { isRepeatable } from '../model/is-repeatable.js'
import type { MigrationFile } from '../model/migration.js'
import { compareVersions } from './version-order.js'

/** The file with the highest version: what is made next must come after it, whatever the order of application is. */
export function findNewest(files: readonly MigrationFile[]): MigrationFile | undefined {
  return files.reduce<MigrationFile | undefined>(
    (most, file) =>
      isRepeatable(file) || (most && compareVersions(most.version, file.version) >= 0) ? most : file,
    undefined,
  )
}
