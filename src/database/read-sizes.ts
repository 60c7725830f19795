import type { RelationSize } from '../model/measured.js'
import type { Rows, Session } from '../model/session.js'
import { beginReading } from '../sql/begin-reading.js'
import { fromText } from '../sql/from-text.js'
import { quoteLiteral } from '../sql/identifier.js'

/**
 * How large relations are, for any number of them in one turn; in two where somebody holds one of them so that its files
 * can't be looked at: then as the catalog estimates. Sets nothing that outlives the turn. What can't be told is null.
 *
 * @param session idle
 * @param relations with their schema, as the server quotes them: `public.books`
 */
export async function readSizes(session: Session, relations: readonly string[]): Promise<RelationSize[]> {
  if (relations.length === 0) return []
  const reply = await session.send(sizesQuery(relations))
  if (reply.error && reply.state === 'E') await session.send('ROLLBACK;')
  const [estimated, measured] = reply.results.filter(({ columns }) => columns.includes('relation'))
  const estimates = readRows(estimated)
  const sizes = reply.error ? new Map<string, RelationSize>() : readRows(measured)
  return relations.map((relation) => {
    const { rows = null, bytes = null } = estimates.get(relation) ?? {}
    return { relation, rows, bytes: sizes.get(relation)?.bytes ?? bytes }
  })
}

function readRows(result: Rows | undefined): Map<string, RelationSize> {
  const numberOf = (text: string | null | undefined) => (text == null ? null : Number(text))
  return new Map(
    (result?.rows ?? []).map(([relation, bytes, rows]) => [
      relation ?? '',
      { relation: relation ?? '', bytes: numberOf(bytes), rows: numberOf(rows) },
    ]),
  )
}

/** To measure its files takes the weakest lock on a relation: nobody waits behind it for longer than this. */
const LOCK_WAIT = '100ms'

/**
 * A partitioned table has its partitions' size. Rows: what ANALYZE or VACUUM last counted; where neither ever did, what
 * the statistics have. Without those (`track_counts`), nobody counts again by itself: then zero is not known to be so still.
 */
function sizesQuery(relations: readonly string[]): string {
  const names = relations.map(quoteLiteral).join(', ')
  return `${beginReading()}
SET LOCAL statement_timeout = '10s';
SET LOCAL lock_timeout = '${LOCK_WAIT}';
SET LOCAL search_path = pg_catalog, pg_temp;
${withParts(names)}
SELECT w.name AS relation,
  sum(${fromText('bigint', "current_setting('block_size')")} * (p.relpages + p.around)) AS bytes,
  CASE WHEN bool_and(p.rows IS NOT NULL) THEN round(sum(p.rows)) END AS rows
FROM wanted w JOIN parts p ON p.name = w.name GROUP BY w.name;
${withParts(names)}
SELECT w.name AS relation, sum(pg_total_relation_size(p.oid)) AS bytes, NULL AS rows
FROM wanted w JOIN parts p ON p.name = w.name GROUP BY w.name;
COMMIT;`
}

function withParts(names: string): string {
  return `WITH RECURSIVE wanted AS (
  SELECT name, to_regclass(name)::oid AS oid FROM unnest(ARRAY[${names}]::text[]) name
), tree AS (
  SELECT name, oid FROM wanted WHERE oid IS NOT NULL
  UNION
  SELECT t.name, i.inhrelid FROM tree t
  JOIN pg_class c ON c.oid = t.oid AND c.relkind IN ('p', 'I')
  JOIN pg_inherits i ON i.inhparent = t.oid
), parts AS (
  SELECT t.name, c.oid, greatest(c.relpages, 0) AS relpages,
    coalesce((SELECT sum(greatest(x.relpages, 0)) FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
      WHERE i.indrelid IN (c.oid, c.reltoastrelid)), 0)
    + coalesce((SELECT greatest(x.relpages, 0) FROM pg_class x WHERE x.oid = c.reltoastrelid), 0) AS around,
    CASE WHEN c.relkind IN ('p', 'I') THEN 0
      WHEN c.reltuples > 0 THEN c.reltuples
      WHEN current_setting('track_counts') = 'off' THEN NULL
      WHEN c.reltuples = 0 THEN 0
      WHEN pg_stat_get_live_tuples(c.oid) > 0 THEN pg_stat_get_live_tuples(c.oid) END AS rows
  FROM tree t JOIN pg_class c ON c.oid = t.oid
)`
}
