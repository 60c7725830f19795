import type { Timeouts } from '../model/config.js'
import { timeoutsFor } from './session-settings.js'

/** A timeout that connections of this role to this database have by themselves. */
export interface ElsewhereTimeout {
  /** As PostgreSQL calls it. */
  readonly name: string
  readonly ms: number
  /** Who says so, as a phrase: `for the role app`. */
  readonly where: string
}

/** What {@link TIMEOUTS_ELSEWHERE} gives: the value in milliseconds, and who says it, the strongest first. */
export interface FoundTimeout {
  readonly name: string
  readonly ms: string
  readonly said: readonly { readonly where: string; readonly value: string }[]
}

/**
 * A scalar query, to be run with `search_path = pg_catalog, pg_temp`. Reads `reset_val`, which no `SET LOCAL` of the same
 * transaction changes; the `source` it would change.
 */
export const TIMEOUTS_ELSEWHERE = `(
    SELECT coalesce(json_agg(json_build_object('name', s.name, 'ms', s.reset_val, 'said', (
      SELECT coalesce(json_agg(json_build_object('where', CASE
          WHEN d.setrole <> 0 AND d.setdatabase <> 0 THEN 'for the role ' || session_user || ' in the database ' || current_database()
          WHEN d.setrole <> 0 THEN 'for the role ' || session_user
          WHEN d.setdatabase <> 0 THEN 'for the database ' || current_database()
          ELSE 'for all roles' END, 'value', substr(c, length(s.name) + 2))
        ORDER BY d.setrole <> 0 DESC, d.setdatabase <> 0 DESC), '[]')
      FROM pg_db_role_setting d, unnest(d.setconfig) c
      WHERE d.setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = session_user))
        AND d.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
        AND left(c, length(s.name) + 1) = s.name || '='))
      ORDER BY s.name), '[]')
    FROM pg_settings s
    WHERE s.name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')
      AND s.reset_val <> s.boot_val)`

/**
 * What holds is what the strongest said, unless the URL's `options` said something stronger still.
 *
 * @param sets the settings that those name
 */
export function parseElsewhere(
  found: readonly FoundTimeout[],
  sets: readonly string[] = [],
): ElsewhereTimeout[] {
  return found.map(({ name, ms, said: [strongest] }) => ({
    name,
    ms: Number(ms),
    where: sets.includes(name)
      ? 'by the options of the URL'
      : strongest && millisecondsOf(strongest.value) === Number(ms)
        ? strongest.where
        : 'by the configuration of the server',
  }))
}

const UNITS: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/** A setting as PostgreSQL reads it: as C reads a number; without a unit it is in milliseconds. */
function millisecondsOf(value: string): number {
  const { count = '', unit = 'ms' } = SETTING.exec(value)?.groups ?? {}
  const number = /^0[0-7]+$/.test(count) ? Number.parseInt(count, 8) : Number(count || Number.NaN)
  return Math.round(number * (UNITS[unit] ?? Number.NaN))
}

const SETTING =
  /^\s*\+?(?<count>0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(?<unit>[a-z]+)?\s*$/

/** One sentence for each: what is set, by whom, and what this run uses. */
export function noteElsewhere(
  found: readonly ElsewhereTimeout[],
  timeouts: Timeouts,
  serverMajor: number,
): string[] {
  const own = timeoutsFor(timeouts, { serverMajor })
  return found.map(
    ({ name, ms, where }) =>
      `${name} is set to ${inWords(ms)} ${where}; this run uses ${inWords(own[name] ?? ms)}.`,
  )
}

/**
 * A `transaction_timeout` that is asked for on a server that has none, in one sentence.
 *
 * @param files those that ask for it by a directive; empty: the run
 */
export function noteNoLimit(
  { serverMajor }: { readonly serverMajor: number },
  files: readonly string[] = [],
): string[] {
  if (serverMajor >= 17) return []
  const shown = files.slice(0, 3).join(', ')
  const more = files.length > 3 ? ` and ${files.length - 3} more` : ''
  const where = files.length > 0 ? ` (the directive of ${shown}${more})` : ''
  return [`transaction-timeout${where} does nothing on PostgreSQL ${serverMajor}: it needs 17 or newer.`]
}

function inWords(ms: number): string {
  if (ms === 0) return '0 (no limit)'
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`
}
