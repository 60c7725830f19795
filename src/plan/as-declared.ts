import type { Config } from '../model/config.js'
import type { Directives, MigrationFile } from '../model/migration.js'

/**
 * The file as if it declared itself what the configuration says of it: `no-transaction`, for all files by
 * `transaction: none`, for some by `legacy`; and the variables of `substitute`, of which its own come first.
 *
 * @param isLegacy whether a file's name fits the patterns of `legacy`
 */
export function asDeclared(
  file: MigrationFile,
  { transaction, substitute }: Pick<Config, 'transaction' | 'substitute'>,
  isLegacy: (name: string) => boolean,
): MigrationFile {
  const noTransactionBy = saidBy(file, transaction === 'none', isLegacy)
  if (!noTransactionBy && substitute.length === 0) return file
  const own = file.directives.substitute ?? []
  const others = substitute.filter(({ name }) => !own.some((each) => each.name === name))
  const directives: Directives = {
    ...file.directives,
    ...(noTransactionBy ? { noTransaction: true, noTransactionBy } : {}),
    ...(substitute.length > 0 ? { substitute: [...own, ...others] } : {}),
  }
  return { ...file, directives }
}

function saidBy(
  { name, directives }: MigrationFile,
  isNone: boolean,
  isLegacy: (name: string) => boolean,
): Directives['noTransactionBy'] {
  if (directives.noTransaction) return undefined
  if (isNone) return 'transaction'
  return isLegacy(name) ? 'legacy' : undefined
}
