import type { Config, Timeouts } from '../model/config.js'
import { quoteLiteral } from '../sql/identifier.js'
import { AS_WE_SEND } from '../sql/sets-encoding.js'
import { applicationName } from './application-name.js'

/** What of a server decides which settings it has. */
export interface Server {
  readonly serverMajor: number
  /** A server on Windows can not look whether its client is still there. */
  readonly windows: boolean
}

/**
 * SQL that sets a connection up for work, and sets it back after a migration changed it. Every timeout is said, because
 * a role or database may carry others (`ALTER ROLE … SET statement_timeout`). The server looks for its client each
 * second while it works, and on the wire where nothing is heard, so that work and lock end soon after their run.
 * What a pooler forgets on RESET ALL is said again, and what a login trigger may have set. No transaction control, and no lookup by search path: it runs
 * with the role's own.
 */
export function sessionSettings(config: Pick<Config, 'timeouts' | 'run'>, server: Server): string {
  const settings: readonly (readonly [name: string, value: string])[] = [
    ...Object.entries(timeoutsFor(config.timeouts, server)).map(([name, ms]) => [name, String(ms)] as const),
    ['idle_session_timeout', '0'],
    ['default_transaction_isolation', "'read committed'"],
    ['default_transaction_deferrable', 'off'],
    ['standard_conforming_strings', 'on'],
    ['quote_all_identifiers', 'off'],
    ['application_name', quoteLiteral(applicationName(config.run.runUrl))],
    ...(server.windows ? [] : CLIENT_CHECKS),
  ]
  return [...settings.map(([name, value]) => `SET ${name} = ${value};`), AS_WE_SEND].join('\n')
}

/** The settings of PostgreSQL that the timeouts are for, in milliseconds, as far as a server has them. */
export function timeoutsFor(
  timeouts: Timeouts,
  { serverMajor }: Pick<Server, 'serverMajor'>,
): Readonly<Record<string, number>> {
  return {
    statement_timeout: timeouts.statementMs,
    lock_timeout: timeouts.lockMs,
    idle_in_transaction_session_timeout: timeouts.idleInTransactionMs,
    ...(serverMajor >= 17 ? { transaction_timeout: timeouts.transactionMs } : {}),
  }
}

/** A client that closed is noticed within a second, one that fell silent within half a minute. Without effect on a Unix socket. */
const CLIENT_CHECKS = [
  ['client_connection_check_interval', "'1s'"],
  ['tcp_keepalives_idle', '10'],
  ['tcp_keepalives_interval', '5'],
  ['tcp_keepalives_count', '3'],
  ['tcp_user_timeout', "'25s'"],
] as const
