import type { Config } from '../model/config.js'
import type { MigrationFile } from '../model/migration.js'

/**
 * The file as if it declared `no-transaction` itself, where the configuration says so: for all files by
 * `transaction: none`, for some by `legacy`.
 *
 * @param isLegacy whether a file's name fits the patterns of `legacy`
 */
export function asDeclared(
  file: MigrationFile,
  { transaction }: Pick<Config, 'transaction'>,
  isLegacy: (name: string) => boolean,
): MigrationFile {
  return transaction === 'none' || isLegacy(file.name)
    ? { ...file, directives: { ...file.directives, noTransaction: true } }
    : file
}
