import type { Reindexes } from '../../model/trace.js'
import { quoteLiteral } from '../../sql/identifier.js'

/**
 * A query for what a REINDEX CONCURRENTLY that failed leaves, `<oid> <name>`: INVALID indexes by the names it gives, with
 * the definition of one that it rebuilds, on the tables that it works on or their TOAST tables. Those that another
 * session has locked are being built just now, and not ours. Beside them, `on <oid>` for each such table and `in <oid>`
 * for a schema: a name may lead elsewhere later.
 *
 * @returns undefined where it is not known of what, as in a journal of an older version
 */
export function lookUpLeftovers(trace: Reindexes, before: readonly string[]): string | undefined {
  const scope = scopeOf(trace, before)
  if (scope === undefined) return undefined
  return `WITH place (kind, id) AS (${scope}),
tables (id) AS (SELECT c.oid FROM pg_catalog.pg_class c, place p
  WHERE p.kind = 'on' AND c.oid = p.id OR p.kind = 'in' AND c.relnamespace = p.id OR p.kind = 'all'),
places (id) AS (SELECT id FROM tables
  UNION SELECT c.reltoastrelid FROM pg_catalog.pg_class c JOIN tables t ON t.id = c.oid)
SELECT pg_catalog.format('%s %s', kind, id) FROM place WHERE kind <> 'all' AND id IS NOT NULL
UNION ALL (SELECT pg_catalog.format('%s %s.%I', i.indexrelid, c.relnamespace::pg_catalog.regnamespace, c.relname)
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$' AND i.indrelid IN (SELECT id FROM places)
  AND EXISTS (${REBUILT}) AND NOT EXISTS (${BUILT_NOW})
ORDER BY i.indexrelid)`
}

/** The index beside which it was built. Of a long name the server takes the beginning. */
const REBUILT = `SELECT FROM pg_catalog.pg_index o JOIN pg_catalog.pg_class n ON n.oid = o.indexrelid
  WHERE o.indrelid = i.indrelid AND o.indexrelid <> i.indexrelid
    AND pg_catalog.starts_with(n.relname::pg_catalog.text, pg_catalog.regexp_replace(c.relname::pg_catalog.text, '_cc(new|old)[0-9]*$', ''))
    AND (o.indkey, o.indclass, o.indcollation, o.indoption, o.indisunique)::pg_catalog.text
      = (i.indkey, i.indclass, i.indcollation, i.indoption, i.indisunique)::pg_catalog.text`

const BUILT_NOW = `SELECT FROM pg_catalog.pg_locks l WHERE l.locktype = 'relation' AND l.relation = i.indexrelid
    AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
    AND l.mode = 'ShareUpdateExclusiveLock' AND l.pid <> pg_catalog.pg_backend_pid()`

/** Rows of what it works on: by number where that was kept, else by name. */
function scopeOf({ what, name }: Reindexes, before: readonly string[]): string | undefined {
  const kept = before.flatMap((text) => {
    const [, kind, id] = /^(on|in) (\d+)$/.exec(text) ?? []
    return kind ? [`('${kind}', ${id}::pg_catalog.oid)`] : []
  })
  if (kept.length > 0) return `VALUES ${kept.join(', ')}`
  if (what === undefined || name === undefined) return undefined
  return byName(what, quoteLiteral(name))
}

function byName(what: NonNullable<Reindexes['what']>, name: string): string {
  const partitions = `SELECT relid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(${name}))`
  switch (what) {
    case 'index':
      return `SELECT DISTINCT 'on', x.indrelid FROM pg_catalog.pg_index x
  WHERE x.indexrelid = pg_catalog.to_regclass(${name}) OR x.indexrelid IN (${partitions})`
    case 'table':
      return `SELECT 'on', pg_catalog.to_regclass(${name})::pg_catalog.oid
  UNION SELECT 'on', relid FROM (${partitions}) AS p`
    case 'schema':
      return `SELECT 'in', s.oid FROM pg_catalog.pg_namespace s WHERE s.nspname = ${name}`
    case 'database':
      return `SELECT 'all', NULL::pg_catalog.oid`
  }
}
