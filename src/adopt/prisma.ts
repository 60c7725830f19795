import { createHash } from 'node:crypto'
import type { MigrationFile } from '../model/migration.js'
import type { Checked, ForeignRow, ForeignTool } from './foreign-tool.js'
import { matchByKey } from './match-by-key.js'
import { isoTime, whenAndWho } from './row-text.js'
import { textVariants } from './text-variants.js'

/**
 * A row for each try. A migration is applied where one of them ended and was not rolled back; it is in the air where one
 * began, and neither ended nor was marked as rolled back. The checksum is the SHA-256 of the file.
 */
export const prisma: ForeignTool = {
  title: 'Prisma',
  table: {
    names: ['_prisma_migrations'],
    columns: ['migration_name', 'checksum', 'started_at', 'finished_at', 'rolled_back_at'],
  },
  select: (table) => ({
    values: [
      'migration_name',
      'checksum',
      'finished_at IS NOT NULL',
      isoTime('coalesce(finished_at, started_at)'),
      '1000 * extract(epoch FROM finished_at - started_at)',
    ],
    from: `(SELECT DISTINCT ON (migration_name) * FROM ${table} WHERE rolled_back_at IS NULL
  ORDER BY migration_name, finished_at IS NOT NULL DESC, started_at DESC) newest ORDER BY started_at, migration_name`,
  }),
  compare: (rows, files) => matchByKey(rows.map(rowOf), files, { keyOf: ({ version }) => version, check }),
}

function rowOf([name, checksum, finished, at, ms]: readonly (string | null)[]): ForeignRow {
  const label = name ?? ''
  return {
    key: label,
    label,
    state: finished === 'true' ? 'applied' : 'failed',
    ...(finished === 'true' ? {} : { note: 'it began, and its row does not say that it ended' }),
    ...(checksum ? { checksum } : {}),
    ...whenAndWho({ at, ms }),
  }
}

function check(file: MigrationFile, { checksum }: ForeignRow): Checked {
  if (checksum === undefined) return 'unknown'
  const isSame = textVariants(file).some((text) => {
    const digest = createHash('sha256').update(text).digest()
    return digest.toString('hex') === checksum || unpadded(digest) === checksum
  })
  return isSame ? 'same' : 'edited'
}

/** Older versions wrote each byte without the zero before it. */
function unpadded(digest: Buffer): string {
  return [...digest].map((byte) => byte.toString(16)).join('')
}
