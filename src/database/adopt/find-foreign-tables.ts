import type { AdoptSettings, FoundForeignTable } from '../../model/foreign-tool.js'
import type { Session } from '../../model/session.js'
import { beginReading } from '../../sql/begin-reading.js'
import { quoteLiteral } from '../../sql/identifier.js'

/** More are no history that somebody looks at. */
const MOST_TABLES = 200

/**
 * Tables that have all the columns of one of the lists, of all schemas but the system's. Only reads the catalog.
 *
 * @param beside names that are looked for in the same schema
 * @param wanted only the table of this name
 */
export async function findForeignTables(
  session: Session,
  shapes: readonly (readonly string[])[],
  beside: readonly string[],
  wanted: AdoptSettings['table'],
): Promise<readonly FoundForeignTable[] | { readonly why: string }> {
  const reply = await session.send(foreignTablesQuery(shapes, beside, wanted))
  if (reply.error) {
    if (reply.state === 'E' || reply.state === 'T') await session.send('ROLLBACK;')
    return { why: reply.error.message }
  }
  return JSON.parse(reply.results.at(-1)?.rows[0]?.[0] ?? '[]')
}

function foreignTablesQuery(
  shapes: readonly (readonly string[])[],
  beside: readonly string[],
  wanted: AdoptSettings['table'],
): string {
  const fits = shapes.map((columns) => `a.columns @> ${textArray(columns)}`).join(' OR ')
  const named = wanted
    ? ` AND c.relname = ${quoteLiteral(wanted.name)}${wanted.schema === undefined ? '' : ` AND n.nspname = ${quoteLiteral(wanted.schema)}`}`
    : ''
  return `${beginReading()}
SET LOCAL search_path = pg_catalog, pg_temp;
SELECT coalesce(json_agg(found), '[]') FROM (
  SELECT n.nspname AS schema, c.relname AS name, a.columns,
    (SELECT coalesce(json_agg(s.relname), '[]') FROM pg_class s
      WHERE s.relnamespace = c.relnamespace AND s.relname::text = ANY (${textArray(beside)})) AS beside
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  CROSS JOIN LATERAL (SELECT array_agg(t.attname::text ORDER BY t.attnum) AS columns FROM pg_attribute t
    WHERE t.attrelid = c.oid AND t.attnum > 0 AND NOT t.attisdropped) a
  WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'${named} AND (${fits})
  ORDER BY n.nspname, c.relname LIMIT ${MOST_TABLES}) found;
COMMIT;`
}

function textArray(values: readonly string[]): string {
  return `ARRAY[${values.map(quoteLiteral).join(', ')}]::text[]`
}
