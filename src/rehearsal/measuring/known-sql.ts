import { DROPPED_FROM, FIRST_USER_OID, PART_OF } from './catalogs.js'

/** What is asked about by its oids: relations, objects as catalog and oid, columns as relation and number. */
export interface Wanted {
  readonly relations: readonly number[]
  readonly objects: readonly (readonly [catalog: number, id: number])[]
  readonly columns: readonly (readonly [relation: number, column: number])[]
}

/**
 * One statement that names what was there before the run, and tells what is a part of what: see {@link parseKnown}. On
 * a target it is asked after the run was rolled back, about what the run touched; where the run stays, before it, about
 * everything. Wants the search path `pg_catalog`.
 */
export function knownSql(column: string, wanted: Wanted | 'all'): string {
  return `WITH relation AS MATERIALIZED (
  SELECT c.oid, n.nspname, c.relname, c.relkind, c.relfilenode FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname <> 'pg_toast' AND ${wanted === 'all' ? `c.oid >= ${FIRST_USER_OID}` : `c.oid = ANY (${oids(wanted.relations)})`}),
wanted AS MATERIALIZED (${wanted === 'all' ? EVERYTHING : listed(wanted)})
SELECT json_build_object(
  'relations', (SELECT json_agg(json_build_array(oid::int8, nspname, relname, format('%I.%I', nspname, relname), relkind, relfilenode::int8)) FROM relation),
  'objects', (SELECT json_agg(json_build_array(w.class::int8, w.id::int8, 0, o.type, o.identity, a.object_names))
    FROM wanted w, pg_identify_object(w.class, w.id, 0) o, pg_identify_object_as_address(w.class, w.id, 0) a
    WHERE o.identity IS NOT NULL),
  'columns', (SELECT json_agg(json_build_array(attrelid::int8, attnum, format('%I.%I.%I', nspname, relname, attname), attname))
    FROM relation JOIN pg_attribute ON attrelid = oid
    WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p', 'f', 'c')${wanted === 'all' ? '' : ` AND (attrelid, attnum) IN (SELECT * FROM ${pairs(wanted.columns)} AS w (id, number))`}),
  'parts', (SELECT json_agg(json_build_array(classid::int8, objid::int8, refclassid::int8, refobjid::int8, refobjsubid, deptype))
    FROM pg_depend JOIN wanted w ON w.class = classid AND w.id = objid WHERE objsubid = 0 AND strpos('a${PART_OF}', deptype::text) > 0)
)::text AS ${column};`
}

/** Columns' NOT NULL, which are made anew by what merely changes a column. */
const noNotNull = (classId: string, id: string) =>
  `NOT EXISTS (SELECT FROM pg_constraint WHERE ${classId} = 'pg_constraint'::regclass AND oid = ${id} AND contype = 'n')`

/** Parts of others are not asked about: they go with those. */
const EVERYTHING = `
  SELECT DISTINCT classid AS class, objid AS id FROM pg_depend d WHERE objid >= ${FIRST_USER_OID} AND classid = ANY (${DROPPED_FROM})
    AND ${noNotNull('d.classid', 'd.objid')}
    AND NOT EXISTS (SELECT FROM pg_depend p WHERE p.classid = d.classid AND p.objid = d.objid AND p.objsubid = 0 AND strpos('${PART_OF}', p.deptype::text) > 0)
  UNION SELECT 'pg_namespace'::regclass, oid FROM pg_namespace WHERE oid >= ${FIRST_USER_OID}`

function listed({ relations, objects }: Wanted): string {
  return `SELECT class::oid, id::oid FROM (
  SELECT 'pg_class'::regclass::int8, unnest(${oids(relations)})::int8 UNION SELECT * FROM ${pairs(objects)} AS w) AS w (class, id)
  WHERE ${noNotNull('class', 'id::oid')}`
}

function oids(list: readonly number[]): string {
  return `'{${list.join(',')}}'::oid[]`
}

function pairs(list: readonly (readonly [number, number])[]): string {
  const [firsts, seconds] = [0, 1].map((at) => list.map((pair) => pair[at]).join(','))
  return `unnest('{${firsts}}'::int8[], '{${seconds}}'::int8[])`
}
