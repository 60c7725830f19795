import { quoteLiteral } from '../../src/sql/identifier.js'
import type { TestDatabase } from '../support/postgres/a-database.js'
import type { ShadowPlace } from './a-shadow-place.js'
import type { Scenario, ScenarioFile } from './scenario.js'

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
  /** All that a later run finds: what is there, and what is recorded of it, but for times and numbers of processes. */
  readonly state: string
}

/** How long a run's sessions may outlive it: the server looks for its client once a second. */
const REST_LIMIT_MS = 4_000

/** Waits until the run's sessions are gone, but not for ever, and looks. Of a rollback, what is undone counts as completed. */
export async function takeSnapshot(
  database: Pick<TestDatabase, 'query'>,
  { files, command }: Pick<Scenario, 'files' | 'command'>,
  shadows?: ShadowPlace,
): Promise<Snapshot> {
  const sessions = await waitForRest(database, shadows?.role ?? '')
  const [seen] = await database.query<Facts & { books: boolean }>(factsQuery(files))
  if (!seen) throw new Error('the database says nothing')
  const [books] = seen.books ? await database.query<Books>(booksQuery(command === 'rollback')) : []
  const { records, applied, begun, told } = books ?? { records: [], applied: {}, begun: 0, told: null }
  return {
    effects: Object.fromEntries(files.map(({ version }, index) => [version, seen.effects[index] ?? []])),
    records,
    applied,
    begun,
    invalidIndexes: seen.invalid,
    advisoryLocks: seen.locks,
    sessions,
    shadows: (await shadows?.left()) ?? [],
    state: JSON.stringify([seen.effects, seen.objects, records, told]),
  }
}

interface Facts {
  readonly effects: number[][]
  readonly invalid: string[]
  readonly locks: number
  readonly objects: unknown
}

type Books = Pick<Snapshot, 'records' | 'applied' | 'begun'> & { readonly told: unknown }

async function waitForRest(database: Pick<TestDatabase, 'query'>, role: string): Promise<string[]> {
  const started = Date.now()
  for (let pauseMs = 2; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const rows = await database.query<{ doing: string }>(OTHER_SESSIONS, [role])
    if (rows.length === 0 || Date.now() - started > REST_LIMIT_MS) return rows.map(({ doing }) => doing)
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}

const LONGEST_PAUSE_MS = 100

const OTHER_SESSIONS = `SELECT state || ': ' || left(query, 200) AS doing FROM pg_stat_activity
WHERE (datname = current_database() OR usename = $1) AND backend_type = 'client backend' AND pid <> pg_backend_pid()`

function factsQuery(files: readonly ScenarioFile[]): string {
  const effects = files.map(({ effects }) => `json_build_array(${effects.join(', ')})`)
  return `SELECT json_build_array(${effects.join(', ')}) AS effects,
  (SELECT coalesce(json_agg(indexrelid::regclass::text), '[]') FROM pg_index WHERE NOT indisvalid) AS invalid,
  (SELECT count(*)::integer FROM pg_locks WHERE locktype = 'advisory'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS locks,
  (SELECT json_agg(json_build_array(n.nspname, c.relname, c.relkind, c.relnatts, c.relchecks, i.indisvalid) ORDER BY 1, n.nspname, c.relname)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid
    WHERE n.nspname IN ('devflow', 'public')) AS objects,
  to_regclass('devflow.schema_migrations') IS NOT NULL AS books`
}

/** Columns that differ between two runs that do the same; a chain's values follow from the others. */
const VOLATILE = `'{id,seq,applied_at,executed_at,recorded_at,execution_time_ms,transaction_id,history_seq,prev_hash,hash}'::text[]`

function booksQuery(undoes: boolean): string {
  const status = undoes
    ? `CASE status WHEN 'rolled_back' THEN 'completed' WHEN 'completed' THEN 'still there' ELSE status END`
    : 'status'
  return `SELECT
  (SELECT coalesce(json_agg(json_build_object('version', version, 'status', ${status}, 'checksum', checksum) ORDER BY version), '[]')
    FROM devflow.schema_migrations) AS records,
  (SELECT coalesce(json_object_agg(version, times), '{}') FROM (SELECT version, count(*) AS times
    FROM devflow.migration_history WHERE event = '${undoes ? 'rolled-back' : 'applied'}' GROUP BY version) AS told) AS applied,
  (SELECT coalesce(max(times), 0)::integer FROM (SELECT count(*) AS times FROM devflow.migration_history
    WHERE event = 'started' AND version = '' GROUP BY run_url, run_attempt, plan_hash) AS runs) AS begun,
  json_build_array(
    (SELECT json_agg(to_jsonb(r) - ${VOLATILE} ORDER BY version) FROM devflow.schema_migrations r),
    (SELECT json_agg(to_jsonb(h) - ${VOLATILE} ORDER BY to_jsonb(h) -> 'seq') FROM devflow.migration_history h)) AS told`
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
