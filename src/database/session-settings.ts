import type { Config } from '../model/config.js'

/**
 * SQL that sets a connection up, and sets it back after a migration changed it. Every timeout is said, because a role
 * or database may carry others (`ALTER ROLE … SET statement_timeout`); `transaction_timeout` is there from PostgreSQL 17 on.
 * Looks up no operator and no unqualified function, because it runs with the role's own search path.
 */
export function sessionSettings(config: Pick<Config, 'lockTimeoutMs' | 'statementTimeoutMs'>): string {
  return `SET statement_timeout = ${config.statementTimeoutMs};
SET lock_timeout = ${config.lockTimeoutMs};
SET idle_in_transaction_session_timeout = 0;
SET default_transaction_isolation = 'read committed';
SET idle_session_timeout = 0;
SELECT CASE WHEN pg_catalog.current_setting('transaction_timeout', true) IS NOT NULL
  THEN pg_catalog.set_config('transaction_timeout', '0', false) END;`
}
