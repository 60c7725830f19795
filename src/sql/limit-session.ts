import type { Timeouts } from '../model/config.js'

/**
 * SQL that sets the limits that end the session, as far as a file asks for them.
 *
 * @param isLocal for the rest of the transaction, not of the session
 */
export function limitSession(
  { idleInTransactionMs, transactionMs }: Partial<Timeouts>,
  isLocal = true,
): string[] {
  return [
    ...(idleInTransactionMs === undefined
      ? []
      : [`SET ${isLocal ? 'LOCAL ' : ''}idle_in_transaction_session_timeout = ${idleInTransactionMs};`]),
    ...(transactionMs === undefined ? [] : [limitTransaction(transactionMs, isLocal)]),
  ]
}

/** The setting is there from PostgreSQL 17 on. Where one holds, the server keeps to it until it is taken away. */
function limitTransaction(ms: number, isLocal: boolean): string {
  return `SELECT CASE WHEN pg_catalog.current_setting('transaction_timeout', true) IS NOT NULL
  THEN pg_catalog.concat(pg_catalog.set_config('transaction_timeout', '0', ${isLocal}), pg_catalog.set_config('transaction_timeout', '${ms}', ${isLocal})) END;`
}
