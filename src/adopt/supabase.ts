import { createHash } from 'node:crypto'
import type { MigrationFile } from '../model/migration.js'
import type { Checked, ForeignRow, ForeignTool } from './foreign-tool.js'
import { matchByKey } from './match-by-key.js'

/** What the CLI leaves out between the statements it keeps, and what else may differ without meaning anything. */
const LEFT_OUT = /[ \t\r\n\f\v;]+/g
const LEFT_OUT_SQL = " E'[ \\\\t\\\\r\\\\n\\\\f\\\\v;]+'"

/**
 * Keeps no checksum, but the statements it applied: together they are the file, but for white space and semicolons. Only
 * their digest is read. Older tables have the version alone.
 */
export const supabase: ForeignTool = {
  title: 'Supabase CLI',
  table: { names: ['schema_migrations'], columns: ['version', 'statements'] },
  select: (table, columns) => {
    const digest = `CASE WHEN cardinality(statements) > 0 THEN encode(sha256(convert_to(regexp_replace(array_to_string(statements, ''), ${LEFT_OUT_SQL}, '', 'g'), 'UTF8')), 'hex') END`
    const name = columns.includes('name') ? 'name' : 'NULL'
    return { values: ['version', digest, name], from: `${table} ORDER BY version` }
  },
  compare: (rows, files) =>
    matchByKey(
      rows.map(([version, digest, name]) => rowOf(version ?? '', digest, name)),
      files,
      { keyOf: ({ version }) => version, check },
    ),
}

function rowOf(
  version: string,
  digest: string | null | undefined,
  name: string | null | undefined,
): ForeignRow {
  const label = name ? `${version}_${name}` : version
  return { key: version, label, state: 'applied', ...(digest ? { checksum: digest } : {}) }
}

function check({ text }: MigrationFile, { checksum }: ForeignRow): Checked {
  if (checksum === undefined) return 'unknown'
  const digest = createHash('sha256').update(text.replace(LEFT_OUT, '')).digest('hex')
  return digest === checksum ? 'same' : 'edited'
}
