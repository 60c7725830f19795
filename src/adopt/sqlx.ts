import { createHash } from 'node:crypto'
import type { MigrationFile } from '../model/migration.js'
import { versionKey } from '../model/version.js'
import type { Checked, ForeignRow, ForeignTool } from './foreign-tool.js'
import { matchByKey } from './match-by-key.js'
import { isoTime, whenAndWho } from './row-text.js'
import { textVariants } from './text-variants.js'

/** SHA-384 of the file as it is. `success` is false from before a file outside a transaction begins until it is done. */
export const sqlx: ForeignTool = {
  title: 'sqlx',
  table: {
    names: ['_sqlx_migrations'],
    columns: ['version', 'description', 'installed_on', 'success', 'checksum', 'execution_time'],
    exact: true,
  },
  select: (table) => ({
    values: [
      'version',
      'description',
      'success',
      "encode(checksum, 'hex')",
      isoTime('installed_on'),
      'execution_time / 1000000',
    ],
    from: `${table} ORDER BY version`,
  }),
  compare: (rows, files) =>
    matchByKey(rows.map(rowOf), files, { keyOf: ({ version }) => versionKey(version), check }),
}

function rowOf([version, description, success, checksum, at, ms]: readonly (string | null)[]): ForeignRow {
  return {
    key: versionKey(version ?? ''),
    label: `${version ?? ''} ${description ?? ''}`.trim(),
    state: success === 'true' ? 'applied' : 'failed',
    ...(success === 'true' ? {} : { note: 'its row says that it did not succeed' }),
    ...(checksum ? { checksum } : {}),
    ...whenAndWho({ at, ms }),
  }
}

function check(file: MigrationFile, { checksum }: ForeignRow): Checked {
  if (checksum === undefined) return 'unknown'
  const digest = (text: string) => createHash('sha384').update(text).digest('hex')
  return textVariants(file).some((text) => digest(text) === checksum) ? 'same' : 'edited'
}
