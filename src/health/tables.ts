import type { Look } from './look.js'
import { IS_WANTED, showSome, showTable, tableValues } from './table-values.js'
import { unreadable } from './unreadable.js'

/** Tables that have to be there, partitioned and foreign ones included; of `schema.*` at least one. */
export const lookAtTables: Look<'tables'> = async ({ tables, timeoutMs }, { read }) => {
  const { results, error } = await read(
    `SELECT wanted.n FROM ${tableValues(tables)} WHERE NOT EXISTS (
  SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace s ON s.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'f') AND ${IS_WANTED}) ORDER BY 1`,
    timeoutMs,
  )
  if (error) return unreadable('the tables', error)
  const missing = (results.at(-1)?.rows ?? []).flatMap(([n]) => tables[Number(n)] ?? [])
  if (missing.length === 0) return { state: 'passed' }
  return {
    state: 'failed',
    message: `there is no table ${showSome(missing.map(showTable))}`,
    help: 'Look at which migration was to make it, and at its name: names count as they are, upper and lower case too.',
  }
}
