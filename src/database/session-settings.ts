import type { Config } from '../model/config.js'

/**
 * SQL that sets a connection up, and sets it back after a migration changed it. Every timeout is said, because a role
 * or database may carry others (`ALTER ROLE … SET statement_timeout`).
 */
export function sessionSettings(config: Pick<Config, 'lockTimeoutMs' | 'statementTimeoutMs'>): string {
  return `SET statement_timeout = ${config.statementTimeoutMs};
SET lock_timeout = ${config.lockTimeoutMs};
SET idle_in_transaction_session_timeout = 0;`
}
