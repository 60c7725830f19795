import { beginReading } from '../sql/begin-reading.js'

/**
 * SQL that looks at a process of ours while it works: whether it is there, its locks, its progress, who is in its way, in
 * whose way it is; five results in that order. One message without BEGIN is one transaction, which ends with it however it ends, so that
 * no look holds a snapshot that a concurrent index build would wait for.
 *
 * That the connection may stay idle is all that outlives the message: no other one is sent on it.
 *
 * Lays hands on no table: what asks for a relation's size, say, waits for the lock that the process itself holds.
 *
 * @param backend of `pg_backend_pid()`
 */
export function lookQuery(backend: number): string {
  return `${beginReading('READ COMMITTED', 'SET TRANSACTION')}
SET idle_session_timeout = 0;
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL statement_timeout = 2000;
SET LOCAL lock_timeout = 500;
SELECT extract(epoch FROM pg_postmaster_start_time()), EXISTS (SELECT FROM pg_stat_activity WHERE pid = ${backend}),
  EXISTS (SELECT FROM pg_stat_activity WHERE pid = ${backend} AND state LIKE 'idle%'), pg_is_in_recovery(), pg_backend_pid();
${locksQuery(backend)};
${progressQuery(backend)};
${blockersQuery(backend)};
${blockedQuery(backend)};`
}

/** The lock it waits for first, then those that keep every other session out. */
function locksQuery(backend: number): string {
  return `SELECT l.granted, l.locktype, l.mode, c.oid::regclass::text
FROM pg_locks l LEFT JOIN pg_class c ON l.locktype = 'relation' AND c.oid = l.relation
WHERE l.pid = ${backend}
  AND (NOT l.granted OR (l.mode = 'AccessExclusiveLock' AND c.relkind IN ('r', 'p', 'm', 'f')))
ORDER BY l.granted, c.oid LIMIT 4`
}

/** Done and total are of the phase. https://www.postgresql.org/docs/current/progress-reporting.html */
function progressQuery(backend: number): string {
  const name = (relation: string) =>
    `(SELECT c.oid::regclass::text FROM pg_class c WHERE c.oid = ${relation})`
  const share = (phase: string, what: string) => `WHEN phase ${phase} THEN ARRAY[${what}_done, ${what}_total]`
  return `SELECT command, ${name('relid')}, ${name('index_relid')}, phase, part[1], part[2]
FROM (SELECT *, CASE ${share("LIKE 'waiting%'", 'lockers')} ${share("LIKE '%loading tuples%'", 'tuples')}
  ${share("LIKE '%scanning%'", 'blocks')} END AS part FROM pg_stat_progress_create_index WHERE pid = ${backend}) p
UNION ALL SELECT command, ${name('relid')}, NULL, phase,
  CASE phase WHEN 'seq scanning heap' THEN heap_blks_scanned END, heap_blks_total
FROM pg_stat_progress_cluster WHERE pid = ${backend}
UNION ALL SELECT command, ${name('relid')}, NULL, tuples_processed || ' rows', bytes_processed, bytes_total
FROM pg_stat_progress_copy WHERE pid = ${backend}
UNION ALL SELECT 'VACUUM', ${name('relid')}, NULL, phase,
  CASE phase WHEN 'scanning heap' THEN heap_blks_scanned WHEN 'vacuuming heap' THEN heap_blks_vacuumed END,
  heap_blks_total
FROM pg_stat_progress_vacuum WHERE pid = ${backend}
UNION ALL SELECT 'ANALYZE', ${name('relid')}, NULL, phase,
  CASE phase WHEN 'acquiring sample rows' THEN sample_blks_scanned END, sample_blks_total
FROM pg_stat_progress_analyze WHERE pid = ${backend}`
}

/**
 * Of `pg_stat_activity a`. What a role may not see of others is null, but for the query, which says so in words.
 * The query is not cut to what is shown yet: a secret in it must be found whole.
 */
const sessionColumns = `a.pid, a.usename, coalesce(nullif(a.application_name, ''), nullif(a.backend_type, 'client backend')),
  host(a.client_addr), a.state, (1000 * extract(epoch FROM clock_timestamp()
    - CASE a.state WHEN 'active' THEN a.query_start ELSE a.state_change END))::bigint,
  CASE WHEN a.state IS NOT NULL THEN left(a.query, 4000) END`

/** A prepared transaction has no process: it is 0, and what it is stands in its state. */
function blockersQuery(backend: number): string {
  return `WITH b AS MATERIALIZED (SELECT DISTINCT pid FROM unnest(pg_blocking_pids(${backend})) pid WHERE pid <> ${backend})
SELECT ${sessionColumns} FROM b JOIN pg_stat_activity a ON a.pid = b.pid
UNION ALL SELECT 0, p.owner, NULL, NULL, 'prepared transaction ' || p.gid,
  (1000 * extract(epoch FROM clock_timestamp() - p.prepared))::bigint, NULL
FROM pg_prepared_xacts p JOIN pg_locks x ON x.transactionid = p.transaction AND x.pid IS NULL
WHERE EXISTS (SELECT FROM b WHERE b.pid = 0) AND EXISTS (
  SELECT FROM pg_locks h JOIN pg_locks w ON w.pid = ${backend} AND NOT w.granted AND w.locktype = h.locktype
    AND ${sameLock}
  WHERE h.granted AND h.pid IS NULL AND h.virtualtransaction = x.virtualtransaction)
LIMIT ${SESSIONS}`
}

/** What a lock is on: of its kind, what it has no use for is null. */
const sameLock = [
  ...['database', 'relation', 'page', 'tuple', 'virtualxid'],
  ...['transactionid', 'classid', 'objid', 'objsubid'],
]
  .map((part) => `w.${part} IS NOT DISTINCT FROM h.${part}`)
  .join(' AND ')

/** Asking who blocks whom holds up the server's lock table, so only those that wait are asked about, and not all. */
function blockedQuery(backend: number): string {
  return `WITH w AS MATERIALIZED (SELECT DISTINCT pid FROM pg_locks WHERE NOT granted AND pid <> ${backend} LIMIT 50)
SELECT ${sessionColumns} FROM w JOIN pg_stat_activity a ON a.pid = w.pid
WHERE ${backend} = ANY (pg_blocking_pids(w.pid)) LIMIT ${SESSIONS}`
}

const SESSIONS = 20
