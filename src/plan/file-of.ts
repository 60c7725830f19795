import type { MigrationFile } from '../model/migration.js'
import { UserError } from '../model/user-error.js'
import { findByVersion } from './find-by-version.js'

/**
 * The file that a version names ({@link findByVersion}).
 *
 * @param input for the message: `version`, `to`
 * @throws UserError where there is none
 */
export function fileOf(version: string, files: readonly MigrationFile[], input: string): MigrationFile {
  const file = findByVersion(version, files)
  if (file) return file
  const known = files.slice(-5).map((each) => each.version)
  throw new UserError([
    {
      message: `${input} names ${version}, and no migration has that version.`,
      help: known.length ? `The newest versions are: ${known.join(', ')}.` : 'The folder holds no migration.',
    },
  ])
}
