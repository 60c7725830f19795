import { quoteLiteral } from '../sql/identifier.js'

/** Everything that decides how a value is written, and what may be read. For a transaction. */
export const writtenAlike = [
  'SET LOCAL search_path = pg_catalog, pg_temp;',
  ...Object.entries({
    DateStyle: 'ISO, MDY',
    IntervalStyle: 'postgres',
    TimeZone: 'UTC',
    extra_float_digits: '1',
    bytea_output: 'hex',
    lc_monetary: 'C',
    row_security: 'off',
    statement_timeout: '0',
    lock_timeout: '60s',
    idle_in_transaction_session_timeout: '0',
    jit: 'off',
  }).map(([name, value]) => `SET LOCAL ${name} = ${quoteLiteral(value)};`),
].join('\n')

const OWN = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`

/**
 * SQL: every table with rows of its own: its name, its columns in the order of their names (a restored table may have them
 * in another), its schema and plain name; extensions' own are left out, as in a dump.
 */
export const tablesQuery = `SELECT format('%I.%I', n.nspname, c.relname), coalesce((SELECT string_agg(format('t.%I', attname), ', ' ORDER BY attname COLLATE "C")
    FROM pg_attribute a WHERE a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped), ''), n.nspname, c.relname
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND ${OWN} ORDER BY n.nspname, c.relname;`

/** SQL: every sequence: its name and by how much it goes on. */
export const sequencesQuery = `SELECT format('%I.%I', n.nspname, c.relname), seqincrement::text
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence s ON s.seqrelid = c.oid
  WHERE c.relpersistence <> 't' AND ${OWN} ORDER BY n.nspname, c.relname;`

/** SQL: how many rows, and their sum: whatever their order, a row that is gone, doubled or other shows. */
export function tableDigest({ name, columns }: { readonly name: string; readonly columns: string }): string {
  return `SELECT count(*)::text, coalesce(sum(hashtextextended(ROW(${columns})::text COLLATE "C", 0)), 0)::text FROM ONLY ${name} t;`
}

/** SQL: how far it has come. */
export function sequenceState(name: string): string {
  return `SELECT last_value::text, is_called::text FROM ${name};`
}

/** One larger than this is told by its size alone. Bytes. */
const LARGEST_OBJECT = 256 * 1024 * 1024

/** SQL: as `tableDigest`, of all large objects; no row where the role may not read them. */
export const largeObjectsDigest = `SELECT count(*)::text, coalesce(sum(hashtextextended(concat(loid, ' ',
    CASE WHEN bytes <= ${LARGEST_OBJECT} THEN encode(sha256(lo_get(loid)), 'hex') ELSE bytes::text END) COLLATE "C", 0)), 0)::text
  FROM (SELECT m.oid AS loid, coalesce((SELECT max(pageno)::bigint * 2048 + 2048 FROM pg_largeobject l WHERE l.loid = m.oid), 0) AS bytes
    FROM pg_largeobject_metadata m) each_object;`

export const mayReadLargeObjects = `SELECT has_table_privilege('pg_catalog.pg_largeobject', 'SELECT')::text;`
