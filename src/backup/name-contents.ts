import { beginReading } from '../sql/begin-reading.js'
import type { Ask } from './read-contents.js'

/** What stands in the way of a restore: its names, the first of them, and how many there are. */
export interface InTheWay {
  readonly count: number
  /** `table public.books` */
  readonly names: readonly string[]
}

const OWN = (oid: string, catalog: string) =>
  `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '${catalog}'::regclass AND d.objid = ${oid} AND d.deptype = 'e')`

const FOUND = [
  `SELECT CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table'
      WHEN 'c' THEN 'type' ELSE 'table' END || ' ' || format('%I.%I', nspname, relname) AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind NOT IN ('i', 'I', 't') AND ${OWN('c.oid', 'pg_class')}`,
  `SELECT 'function ' || format('%I.%I', nspname, proname) FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace WHERE ${OWN('p.oid', 'pg_proc')}`,
  `SELECT 'type ' || format('%I.%I', nspname, typname) FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace
    WHERE typtype IN ('d', 'e', 'r') AND ${OWN('t.oid', 'pg_type')}`,
  `SELECT 'schema ' || quote_ident(nspname) FROM pg_namespace n WHERE nspname <> 'public' AND ${OWN('n.oid', 'pg_namespace')}`,
  `SELECT 'extension ' || quote_ident(extname) FROM pg_extension WHERE extname <> 'plpgsql'`,
  `SELECT 'event trigger ' || quote_ident(evtname) FROM pg_event_trigger`,
  `SELECT 'publication ' || quote_ident(pubname) FROM pg_publication`,
  `SELECT 'foreign data wrapper ' || quote_ident(fdwname) FROM pg_foreign_data_wrapper`,
  `SELECT 'large object ' || oid FROM pg_largeobject_metadata`,
]

const MOST = 10

/** Whatever anybody made in the database. @throws Error with the server's words */
export async function nameContents(ask: Ask): Promise<InTheWay> {
  const answers = await ask(`${beginReading()}
SET LOCAL search_path = pg_catalog, pg_temp;
SELECT count(*)::text FROM (${FOUND.join('\nUNION ALL ')}) found;
SELECT name FROM (${FOUND.join('\nUNION ALL ')}) found ORDER BY name COLLATE "C" LIMIT ${MOST};
COMMIT;`)
  const [counted, named] = answers.filter((rows) => rows.length > 0)
  const count = Number(counted?.[0]?.[0])
  if (!Number.isInteger(count)) throw new Error('the server did not say what is in the database')
  return { count, names: count === 0 ? [] : (named ?? []).map(([name]) => name ?? '') }
}
