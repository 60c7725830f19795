import type { TestDatabase } from '../support/postgres/a-database.js'
import { versionOfEffect } from './migration-text.js'

/** A row of the tracking table. */
export interface Recorded {
  readonly version: string
  readonly name: string
  readonly status: string
  readonly checksum: string
  readonly journal: {
    readonly done: number
    readonly started?: { readonly state: string }
  } | null
}

/** Everything that can be seen of a database when no run is in it. */
export interface Seen {
  /** How often each effect is there. */
  readonly effects: Readonly<Record<string, number>>
  readonly invalidIndexes: readonly string[]
  readonly records: readonly Recorded[]
  /** The append-only history, in order. */
  readonly events: readonly { readonly version: string; readonly event: string; readonly status: string }[]
  /** Of all that is in the database but the events of refusals: whatever else changes, it is another. */
  readonly digest: string
  /** How often the history says that a gate refused. */
  readonly refusals: number
  readonly advisoryLocks: number
  /** What the sessions still there were doing when they were waited for no longer. */
  readonly sessions: readonly string[]
}

type Queried = Pick<TestDatabase, 'query'>

/** Waits until the sessions of all runs are gone, but not for ever, and looks. */
export async function look(database: Queried): Promise<Seen> {
  const sessions = await waitForRest(database)
  const [facts] = await database.query<Pick<Seen, 'invalidIndexes' | 'advisoryLocks'> & Found>(FACTS)
  if (!facts) throw new Error('the database says nothing')
  const { rows, relations, digest, invalidIndexes, advisoryLocks, books } = facts
  const kept = books ? await readBooks(database) : { records: [], events: [] }
  return {
    effects: { ...Object.fromEntries(relations.map((name) => [name, 1])), ...rows },
    invalidIndexes,
    advisoryLocks,
    digest,
    sessions,
    ...kept,
    refusals: kept.events.filter(({ event }) => event === 'refused').length,
  }
}

/** Something of it is done, or may be: where a run goes on. */
export function isBegun({ status, journal }: Recorded): boolean {
  return ['running', 'partial', 'unknown'].includes(status) || (journal?.done ?? 0) > 0
}

/** The effects of a version that are there. */
export function effectsOf(seen: Seen, version: string): string[] {
  return Object.keys(seen.effects).filter((effect) => versionOfEffect(effect) === version)
}

/** The database as no run has ever been in it. Sessions that a run has left are ended first: they hold locks. */
export async function reset(database: Queried): Promise<void> {
  await database.query(`DO $$ BEGIN
  PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity
  WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid();
END $$;
SET client_min_messages = warning;
DROP SCHEMA IF EXISTS devflow, public CASCADE;
CREATE SCHEMA public;
CREATE TABLE public.probe (mark text)`)
}

/** The server looks for its client once a second. What is left by mistake stays for ever. */
const REST_LIMIT_MS = 25_000

async function waitForRest(database: Queried): Promise<string[]> {
  for (const started = Date.now(); ; ) {
    const rows = await database.query<{ doing: string }>(OTHER_SESSIONS)
    if (rows.length === 0 || Date.now() - started > REST_LIMIT_MS) return rows.map(({ doing }) => doing)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const OTHER_SESSIONS = `SELECT state || ': ' || left(query, 200) AS doing FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`

interface Found {
  readonly rows: Record<string, number>
  readonly relations: string[]
  readonly digest: string
  readonly books: boolean
}

/** What the catalogs say of what is not the server's own; what VACUUM and ANALYZE count is left out. */
const CATALOG: readonly string[] = [
  'SELECT oid, nspname, nspacl FROM pg_namespace WHERE nspname !~ $$^pg_$$',
  'SELECT oid, relname, relnamespace, relkind, relowner, relacl, relrowsecurity FROM pg_class WHERE oid >= 16384 AND relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ $$^pg_$$)',
  'SELECT attrelid, attnum, attname, atttypid, attnotnull, attisdropped FROM pg_attribute WHERE attrelid >= 16384 AND attnum > 0 AND attrelid NOT IN (SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname ~ $$^pg_$$)',
  'SELECT indexrelid, indisvalid, indisready FROM pg_index WHERE indrelid >= 16384 AND indrelid NOT IN (SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname ~ $$^pg_$$)',
  'SELECT oid, conname, conrelid, contype FROM pg_constraint WHERE oid >= 16384',
  'SELECT oid, proname, prosrc FROM pg_proc WHERE oid >= 16384',
  'SELECT objoid, classoid, description FROM pg_description WHERE objoid >= 16384',
  'SELECT schemaname, sequencename, last_value FROM pg_sequences WHERE sequencename !~ $$^migration_history_$$',
]

const PARTS = [
  ...CATALOG.map(
    (query) =>
      `SELECT ${literal(query)} AS name, (SELECT string_agg(q::text, '|' ORDER BY q::text) FROM (${query}) q) AS text`,
  ),
  `SELECT c.oid::regclass::text, query_to_xml(format('SELECT * FROM %s t %s ORDER BY t::text', c.oid::regclass, CASE relname WHEN 'migration_history' THEN 'WHERE event IS DISTINCT FROM ''refused''' END), true, false, '')::text
  FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
  WHERE relkind = 'r' AND nspname !~ '^pg_' AND nspname <> 'information_schema'`,
].join('\nUNION ALL ')

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

const FACTS = `SELECT
  (SELECT coalesce(json_object_agg(mark, times), '{}') FROM (SELECT mark, count(*) AS times FROM public.probe GROUP BY mark) m) AS rows,
  (SELECT coalesce(json_agg(relname), '[]') FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
    WHERE relnamespace = 'public'::regnamespace AND relname ~ '^[ti][0-9]+_' AND coalesce(indisvalid, true)) AS relations,
  (SELECT coalesce(json_agg(indexrelid::regclass::text), '[]') FROM pg_index WHERE NOT indisvalid) AS "invalidIndexes",
  (SELECT count(*)::integer FROM pg_locks WHERE locktype = 'advisory'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS "advisoryLocks",
  to_regclass('devflow.schema_migrations') IS NOT NULL AS books,
  (SELECT md5(string_agg(md5(name || coalesce(text, '')), ' ' ORDER BY name)) FROM (${PARTS}) p(name, text)) AS digest`

async function readBooks(database: Queried): Promise<Pick<Seen, 'records' | 'events'>> {
  const records = await database.query<Recorded>(
    'SELECT version, name, status, checksum, journal::json AS journal FROM devflow.schema_migrations ORDER BY version',
  )
  const events = await database.query<Seen['events'][number]>(
    'SELECT version, event, status FROM devflow.migration_history ORDER BY seq',
  )
  return { records, events }
}
