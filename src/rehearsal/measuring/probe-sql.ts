import { fromText } from '../../sql/from-text.js'
import { CATALOGS, type Catalog, DROPPED_FROM, FIRST_USER_OID, PART_OF } from './catalogs.js'
import { modeBit } from './mode-bit.js'

/** The SQL of ours that asks a message's server process what the statement before it did. */
export interface ProbeSql {
  /** One statement, at the begin of a transaction: marks what is there before it. */
  readonly hold: string
  /** One statement: readies the question under a name. @param columns it tells of dropped columns, too */
  prepare(name: string, columns: boolean): string
  /** Asks by the name. */
  ask(name: string): string
  /** The same without being readied, at some three times the time. */
  askPlainly(columns: boolean): string
  /** Where what was told is kept. */
  readonly setting: string
  /** The name of the one column that the answer has. */
  readonly column: string
}

export interface Asked {
  /** Hexadecimal digits, not to be guessed. */
  readonly token: string
  /** From 1 to 2³¹ − 1, not to be guessed either. */
  readonly key: number
  /** Counts with those of earlier transactions; else those of this one. */
  readonly cumulative: boolean
}

/**
 * It must run under whatever role, search path and settings a file has set, and change none of them; so every name is
 * qualified, operators included.
 *
 * What was told already is kept in a setting of the transaction, so that each answer holds what is new: the newest oid
 * told of, the newest when the transaction began, then the facts. The first question, and the first after RESET ALL,
 * finds no setting: it makes one, and tells all facts again but nothing of what was made. The newest oid of the begin is kept where no RESET reaches, too: as
 * the second number of an advisory lock (the first is the key), which pg_locks shows. Of relations made after that only the making is told: a transaction that makes thousands would read
 * through all of them after every statement.
 */
export function makeProbeSql({ token, key, cumulative }: Asked): ProbeSql {
  const column = `devflow_${token}`
  const setting = `devflow.p${token}`
  const question = (columns: boolean) => askFor({ setting, key, cumulative, column, columns })
  return {
    setting,
    hold: hold(key),
    // The server keeps a prepared statement with the text that it came in, and copies that at every use: not all of the
    // message, which may be megabytes, but what DO executes.
    prepare: (name, columns) =>
      `DO $devflow$ BEGIN EXECUTE $question$PREPARE ${name} AS ${question(columns)}$question$; END $devflow$;`,
    ask: (name) => `EXECUTE ${name};`,
    askPlainly: (columns) => `${question(columns)};`,
    column,
  }
}

/**
 * The newest oid of all catalogs: they share one counter. Where it has wrapped around (after four thousand million
 * oids) new objects may have smaller ones, and their making is not told.
 */
export const NEWEST_OID = `(SELECT pg_catalog.max(oid::pg_catalog.int8) FROM (
${CATALOGS.map(({ name }) => `(SELECT oid FROM pg_catalog.${name} ORDER BY oid DESC LIMIT 1)`).join('\nUNION ALL ')}) o)`

// An oid beyond 2³¹ is a negative number there. Shared: nobody waits for it.
function hold(key: number): string {
  const signed = `CASE WHEN oid ${GT} 2147483647 THEN oid OPERATOR(pg_catalog.-) 4294967296 ELSE oid END`
  return `SELECT pg_catalog.pg_advisory_xact_lock_shared(${key}, (${signed})::pg_catalog.int4) FROM (SELECT ${NEWEST_OID} AS oid) n;`
}

const EQ = 'OPERATOR(pg_catalog.=)'
const GT = 'OPERATOR(pg_catalog.>)'
const GE = 'OPERATOR(pg_catalog.>=)'
const LE = 'OPERATOR(pg_catalog.<=)'

const NOW = 'EXTRACT(epoch FROM pg_catalog.clock_timestamp())'

interface Question extends Pick<Asked, 'key' | 'cumulative'> {
  readonly setting: string
  readonly column: string
  readonly columns: boolean
}

/** Times are asked for first and last, so that the asking itself counts for no statement. */
function askFor({ setting, key, cumulative, column, columns }: Question): string {
  return `WITH since AS MATERIALIZED (
  SELECT told, 4294967295::pg_catalog.oid AS last, COALESCE(${fromText('oid', 'told[2]')}, (
    SELECT pg_catalog.max(objid::pg_catalog.int8)::pg_catalog.oid FROM pg_catalog.pg_locks
    WHERE pid ${EQ} pg_catalog.pg_backend_pid() AND locktype ${EQ} 'advisory'
      AND classid::pg_catalog.int8 ${EQ} ${key} AND objsubid ${EQ} 2)) AS known
  FROM pg_catalog.string_to_array(pg_catalog.current_setting('${setting}', true), ' ') t (told)),
own AS MATERIALIZED (
  SELECT locktype, relation, classid, objid, mode FROM pg_catalog.pg_locks
  WHERE pid ${EQ} pg_catalog.pg_backend_pid() AND CASE
    WHEN locktype ${EQ} 'relation' THEN relation::pg_catalog.int8 ${GE} ${FIRST_USER_OID} AND relation ${LE} (SELECT known FROM since)
    WHEN locktype ${EQ} 'object' THEN mode ${EQ} 'AccessExclusiveLock' AND objid::pg_catalog.int8 ${GE} ${FIRST_USER_OID}
    ELSE false END),
held AS MATERIALIZED (
  SELECT relation AS id, ${MODES} AS modes FROM own
  WHERE locktype ${EQ} 'relation' GROUP BY relation),
fact AS MATERIALIZED (${facts(cumulative)}${columns ? DROPPED_COLUMNS : ''}),
fresh AS MATERIALIZED (
  ${CATALOGS.map(fresh).join('\n  UNION ALL ')})
SELECT pg_catalog.json_build_object('begin', ${NOW}, 'wal', pg_catalog.pg_current_wal_insert_lsn(), 'counted', ${COUNTED},
  'facts', (SELECT pg_catalog.json_agg(f) FROM (SELECT f FROM fact EXCEPT SELECT pg_catalog.unnest(told) FROM since) n),
  'created', CASE WHEN (SELECT told[1] IS NOT NULL FROM since) THEN (${created(cumulative)}) END,
  'told', pg_catalog.length(pg_catalog.set_config('${setting}', pg_catalog.concat_ws(' ',
    (SELECT COALESCE((SELECT pg_catalog.max(id::pg_catalog.int8)::pg_catalog.text FROM fresh), told[1],
      known::pg_catalog.text, '0') FROM since),
    (SELECT COALESCE(known::pg_catalog.text, '0') FROM since),
    (SELECT pg_catalog.string_agg(f, ' ') FROM fact)), true)),
  'end', ${NOW})::pg_catalog.text AS ${column}`
}

/** As {@link modeBit}s. Sorting and joining names takes five times as long. */
const MODES = 'pg_catalog.bit_or(pg_catalog.int4shl(1, pg_catalog.octet_length(mode)))'

/**
 * A dropped relation has no row any more, and its lock is still there. The functions answer from the server's cache:
 * after thousands of changes pg_class is slow to look into.
 */
function facts(cumulative: boolean): string {
  return `
  SELECT ${relationFact('h.id', 'h.modes', FILE, cumulative)} AS f
  FROM held h
  UNION ALL
  SELECT pg_catalog.concat_ws(':', 'o', classid, objid) FROM own
  WHERE CASE WHEN locktype ${EQ} 'object' AND classid ${EQ} ANY (${DROPPED_FROM})
    THEN pg_catalog.pg_describe_object(classid, objid, 0) IS NULL ELSE false END`
}

/** Costs more than all else where a transaction has changed many tables. */
const DROPPED_COLUMNS = `
  UNION ALL
  SELECT pg_catalog.concat_ws(':', 'c', attrelid, attnum) FROM held JOIN pg_catalog.pg_attribute ON attrelid ${EQ} id
  WHERE attisdropped AND modes OPERATOR(pg_catalog.&) ${modeBit('AccessExclusive')} ${GT} 0`

/** Null where there is no relation; its file is null where it needs none. */
const FILE = `CASE WHEN pg_catalog.pg_relation_is_publishable(h.id) IS NULL THEN -1
    ELSE COALESCE(pg_catalog.pg_relation_filenode(h.id)::pg_catalog.int8, 0) END`

/** `r:16400:557056:16400:1:0:0:0`, as {@link parseProbe} reads it. */
export function relationFact(id: string, modes: string, file: string, cumulative: boolean): string {
  const counts = ['numscans', 'tuples_inserted', 'tuples_updated', 'tuples_deleted'].map((name) =>
    cumulative
      ? `pg_catalog.pg_stat_get_${name}(${id}) OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_${name}(${id})`
      : `pg_catalog.pg_stat_get_xact_${name}(${id})`,
  )
  return `pg_catalog.concat_ws(':', 'r', ${[id, modes, file, ...counts].join(', ')})`
}

/** With two bounds that the planner does not know it expects few rows, and reads no large catalog from end to end. */
function fresh({ name, except }: Catalog): string {
  const newer = `oid ${GT} (SELECT COALESCE(${fromText('oid', 'told[1]')}, known) FROM since) AND oid ${LE} (SELECT last FROM since)`
  const where = except ? `${newer} AND NOT ${except}` : newer
  return `SELECT 'pg_catalog.${name}'::pg_catalog.regclass::pg_catalog.oid AS class, oid AS id, xmin AS made FROM pg_catalog.${name} WHERE ${where}`
}

/** Where others are at work, only what no other transaction than ours can have made. */
function created(alone: boolean): string {
  const epoch = `(${fromText('bigint', 'pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::pg_catalog.text')} OPERATOR(pg_catalog.>>) 32)`
  const made = fromText('bigint', 'made::pg_catalog.text')
  const number = `((${epoch} OPERATOR(pg_catalog.<<) 32) OPERATOR(pg_catalog.|) ${made})`
  const xid = fromText('xid8', `${number}::pg_catalog.text`)
  return `${CREATED} FROM fresh, ${NAMED}
    WHERE ${isWhole('class', 'id')}${alone ? '' : ` AND pg_catalog.pg_xact_status(${xid}) ${EQ} 'in progress'`}`
}

/** Any superuser may set it, a file of theirs in its middle too. */
export const COUNTED = "pg_catalog.current_setting('track_counts')"

/** As {@link parseProbe} reads them. */
export const CREATED =
  'SELECT pg_catalog.json_agg(pg_catalog.json_build_array(class::pg_catalog.int8, id::pg_catalog.int8, o.type, o.identity))'
export const NAMED = 'pg_catalog.pg_identify_object(class, id, 0) o'

/** It is no part of something else. */
export function isWhole(classId: string, id: string): string {
  return `NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid ${EQ} ${classId} AND d.objid ${EQ} ${id} AND d.objsubid ${EQ} 0
      AND pg_catalog.strpos('${PART_OF}', d.deptype::pg_catalog.text) ${GT} 0)`
}
