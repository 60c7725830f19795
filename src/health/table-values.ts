import type { HealthTable } from '../model/health.js'
import { quoteLiteral } from '../sql/identifier.js'

/** The tables as a row each of `(n, schema, name)`: null where any schema will do, `*` where any name will. */
export function tableValues(tables: readonly HealthTable[]): string {
  const rows = tables.map(
    ({ schema, name }, index) =>
      `(${index}, ${schema === undefined ? 'NULL' : quoteLiteral(schema)}::text, ${quoteLiteral(name)}::text)`,
  )
  return `(VALUES ${rows.join(', ')}) AS wanted (n, schema, name)`
}

/** Whether the table `c` in the schema `s` is one of those wanted. */
export const IS_WANTED = `(CASE WHEN wanted.schema IS NULL THEN s.nspname !~ '^pg_' AND s.nspname <> 'information_schema' ELSE s.nspname = wanted.schema END)
  AND (wanted.name = '*' OR c.relname = wanted.name)`

/** As the file writes it. */
export function showTable({ schema, name }: HealthTable): string {
  return schema === undefined ? name : `${schema}.${name}`
}

const MOST_SHOWN = 10

/** `a, b and 3 more` */
export function showSome(names: readonly string[]): string {
  const rest = names.length - MOST_SHOWN
  const shown = names.slice(0, MOST_SHOWN).join(', ')
  return rest > 0 ? `${shown} and ${rest} more` : shown
}
