import { quoteLiteral } from '../../src/sql/identifier.js'
import type { TestDatabase } from '../support/postgres/a-database.js'
import type { ShadowPlace } from './a-shadow-place.js'
import type { ScenarioFile } from './scenario.js'

/** What a database says of a run when no session of the run is left in it. */
export interface Snapshot {
  /** How often each effect of a file is there, by version. */
  readonly effects: Readonly<Record<string, readonly number[]>>
  readonly records: readonly {
    readonly version: string
    readonly status: string
    readonly checksum: string
  }[]
  /** How often history tells that a version was applied. */
  readonly applied: Readonly<Record<string, number>>
  /** How often history tells that one attempt of a run began one plan: of that which it tells so most often. */
  readonly begun: number
  readonly invalidIndexes: readonly string[]
  readonly advisoryLocks: number
  /** What the sessions still there were doing when they were waited for no longer. */
  readonly sessions: readonly string[]
  /** Databases that were made to rehearse in. */
  readonly shadows: readonly string[]
}

/** How long a run's sessions may outlive it: the server looks for its client once a second. */
const REST_LIMIT_MS = 4_000

/** Waits until the run's sessions are gone, but not for ever, and looks. */
export async function takeSnapshot(
  database: Pick<TestDatabase, 'query'>,
  files: readonly ScenarioFile[],
  shadows?: ShadowPlace,
): Promise<Snapshot> {
  const sessions = await waitForRest(database, shadows?.role ?? '')
  const [seen] = await database.query<{
    effects: number[][]
    invalid: string[]
    locks: number
    books: boolean
  }>(factsQuery(files))
  if (!seen) throw new Error('the database says nothing')
  const { records, applied, begun } = seen.books
    ? await readBooks(database)
    : { records: [], applied: {}, begun: 0 }
  return {
    effects: Object.fromEntries(files.map(({ version }, index) => [version, seen.effects[index] ?? []])),
    records,
    applied,
    begun,
    invalidIndexes: seen.invalid,
    advisoryLocks: seen.locks,
    sessions,
    shadows: (await shadows?.left()) ?? [],
  }
}

async function waitForRest(database: Pick<TestDatabase, 'query'>, role: string): Promise<string[]> {
  for (const started = Date.now(); ; ) {
    const rows = await database.query<{ doing: string }>(OTHER_SESSIONS, [role])
    if (rows.length === 0 || Date.now() - started > REST_LIMIT_MS) return rows.map(({ doing }) => doing)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const OTHER_SESSIONS = `SELECT state || ': ' || left(query, 200) AS doing FROM pg_stat_activity
WHERE (datname = current_database() OR usename = $1) AND backend_type = 'client backend' AND pid <> pg_backend_pid()`

function factsQuery(files: readonly ScenarioFile[]): string {
  const effects = files.map(({ effects }) => `json_build_array(${effects.join(', ')})`)
  return `SELECT json_build_array(${effects.join(', ')}) AS effects,
  (SELECT coalesce(json_agg(indexrelid::regclass::text), '[]') FROM pg_index WHERE NOT indisvalid) AS invalid,
  (SELECT count(*)::integer FROM pg_locks WHERE locktype = 'advisory'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS locks,
  to_regclass('devflow.schema_migrations') IS NOT NULL AS books`
}

async function readBooks(
  database: Pick<TestDatabase, 'query'>,
): Promise<Pick<Snapshot, 'records' | 'applied' | 'begun'>> {
  const records = await database.query<Snapshot['records'][number]>(
    'SELECT version, status, checksum FROM devflow.schema_migrations',
  )
  const events = await database.query<{ version: string; times: number }>(
    `SELECT version, count(*)::integer AS times FROM devflow.migration_history WHERE event = 'applied' GROUP BY version`,
  )
  const [run] = await database.query<{ begun: number }>(
    `SELECT coalesce(max(times), 0)::integer AS begun FROM (SELECT count(*) AS times FROM devflow.migration_history
     WHERE event = 'started' AND version = '' GROUP BY run_url, run_attempt, plan_hash) AS runs`,
  )
  return {
    records,
    applied: Object.fromEntries(events.map(({ version, times }) => [version, times])),
    begun: run?.begun ?? 0,
  }
}

/** What files leave a mark in each time that they run. */
export const PROBE = 'CREATE TABLE public.probe (mark text, transaction xid8 DEFAULT pg_current_xact_id());'

/** How many rows of the table `probe`, which nothing constrains, a file has left. */
export function inProbe(mark: string): string {
  return `(SELECT count(*) FROM public.probe WHERE mark = ${quoteLiteral(mark)})`
}

/** 1 where the relation is there; an index only when it is valid. */
export function thereIs(relation: string): string {
  return `(SELECT count(*) FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
    WHERE c.oid = to_regclass(${quoteLiteral(relation)}) AND coalesce(i.indisvalid, true))`
}
