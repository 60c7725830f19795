import { CATALOGS, FIRST_USER_OID } from './catalogs.js'
import { type Probe, parseProbe } from './probe.js'
import { COUNTED, CREATED, isWhole, NAMED, NEWEST_OID, relationFact } from './probe-sql.js'

/**
 * One statement that tells what all relations are like, as a probe tells of those that are locked: for statements that
 * stand in no transaction, in which nothing could be asked. For a server that nobody else works on. Wants the search
 * path `pg_catalog`.
 *
 * @param since the newest oid that is known: what is newer is told as created
 */
export function snapshotSql(column: string, since: number): string {
  const fresh = CATALOGS.map(
    ({ name, except }) =>
      `SELECT '${name}'::regclass::oid AS class, oid AS id FROM ${name} WHERE oid::int8 > ${since}${except ? ` AND NOT ${except}` : ''}`,
  )
  return `SELECT json_build_object('begin', EXTRACT(epoch FROM clock_timestamp()), 'wal', pg_current_wal_insert_lsn(), 'counted', ${COUNTED},
  'facts', (SELECT json_agg(${relationFact('c.oid', '0', 'c.relfilenode::int8', true)})
    FROM pg_class c WHERE c.oid::int8 >= ${FIRST_USER_OID} AND c.relkind IN ('r', 'p', 'm', 'i', 'I', 'S', 'v', 'f')),
  'created', (${CREATED} FROM (${fresh.join(' UNION ALL ')}) n, ${NAMED}
    WHERE ${isWhole('class', 'id')}),
  'newest', ${NEWEST_OID},
  'end', EXTRACT(epoch FROM clock_timestamp()))::text AS ${column};`
}

/** @returns what a probe tells, and the newest oid */
export function parseSnapshot(text: string): { readonly probe: Probe; readonly newest: number } {
  const { newest } = JSON.parse(text) as { readonly newest: number }
  return { probe: parseProbe(text), newest }
}
