import type { Config } from '../model/config.js'

/**
 * SQL that sets a connection up, and sets it back after a migration changed it. Every timeout is said, because a role
 * or database may carry others (`ALTER ROLE … SET statement_timeout`); `transaction_timeout` is there from PostgreSQL 17 on.
 */
export function sessionSettings(config: Pick<Config, 'lockTimeoutMs' | 'statementTimeoutMs'>): string {
  return `SET statement_timeout = ${config.statementTimeoutMs};
SET lock_timeout = ${config.lockTimeoutMs};
SET idle_in_transaction_session_timeout = 0;
SET default_transaction_isolation = 'read committed';
SELECT pg_catalog.set_config(name, '0', false) FROM pg_catalog.pg_settings
WHERE name IN ('transaction_timeout', 'idle_session_timeout');`
}
