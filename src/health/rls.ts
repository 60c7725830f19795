import type { Look } from './look.js'
import { IS_WANTED, showSome, showTable, tableValues } from './table-values.js'
import { unreadable } from './unreadable.js'

/** Row level security is enabled. What belongs to an extension does not count among all tables of a schema. */
export const lookAtRls: Look<'rls'> = async ({ tables, timeoutMs }, { read }) => {
  const { results, error } = await read(
    `SELECT wanted.n, s.nspname, c.relname, c.relrowsecurity FROM ${tableValues(tables)}
LEFT JOIN (pg_catalog.pg_class c JOIN pg_catalog.pg_namespace s ON s.oid = c.relnamespace)
  ON c.relkind IN ('r', 'p') AND ${IS_WANTED} AND NOT (wanted.name = '*' AND EXISTS (
    SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e'))
WHERE c.relrowsecurity IS NOT TRUE ORDER BY 1, 2, 3`,
    timeoutMs,
  )
  if (error) return unreadable('row level security', error)
  const rows = results.at(-1)?.rows ?? []
  const open = rows.filter(([, , , enabled]) => enabled !== null)
  // Of a schema without any table too: its name may be misspelt.
  const missing = rows.filter(([, , , enabled]) => enabled === null).flatMap(([n]) => tables[Number(n)] ?? [])
  if (open.length + missing.length === 0) return { state: 'passed' }
  const said = [
    ...(open.length > 0
      ? [
          `row level security is not enabled on ${showSome(open.map(([, schema, name]) => `${schema}.${name}`))}`,
        ]
      : []),
    ...(missing.length > 0 ? [`there is no table ${showSome(missing.map(showTable))}`] : []),
  ]
  return {
    state: 'failed',
    message: said.join(', and '),
    help: 'Enable it in a migration, ALTER TABLE … ENABLE ROW LEVEL SECURITY, with the policies that its readers need.',
  }
}
