import type { Session } from '../../model/session.js'
import { quoteLiteral } from '../../sql/identifier.js'

/** Which server processes may be those of a Supabase CLI that was started by us. */
export interface BackendsAsked {
  /** The server's clock before it was started, as text. */
  readonly since: string
  /** The name that it was told to connect under. Newer releases use one of their own. */
  readonly applicationName: string
}

/** The server's clock, as text that {@link findBackends} takes. Undefined where the connection is gone. */
export async function readClock(session: Session): Promise<string | undefined> {
  const reply = await session.send('SELECT pg_catalog.clock_timestamp()::pg_catalog.text')
  return reply.results[0]?.rows[0]?.[0] ?? undefined
}

/**
 * The server processes that work for a client like the CLI, begun since, of this database, user and address. Undefined where
 * it can not be found out.
 */
export async function findBackends(
  session: Session,
  { since, applicationName }: BackendsAsked,
): Promise<readonly number[] | undefined> {
  const reply = await session.send(`SELECT a.pid FROM pg_catalog.pg_stat_activity a
WHERE a.datname = pg_catalog.current_database() AND a.usename = session_user AND a.pid <> pg_catalog.pg_backend_pid()
  AND a.backend_start >= ${quoteLiteral(since)}::pg_catalog.timestamptz
  AND a.client_addr IS NOT DISTINCT FROM pg_catalog.inet_client_addr()
  AND a.application_name IN (${[applicationName, ...OWN_NAMES].map(quoteLiteral).join(', ')})`)
  if (reply.error) return undefined
  return reply.results[0]?.rows.map(([pid]) => Number(pid))
}

const OWN_NAMES = ['@effect/sql-pg', 'supabase']
