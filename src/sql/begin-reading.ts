/** What is seen: by each statement what is committed when it begins, or by all of them one moment. */
type Isolation = 'READ COMMITTED' | 'REPEATABLE READ'

/**
 * SQL that begins a transaction of ours that only reads, without a result, whatever role, database and server bring
 * along. A serializable one that is deferrable would wait without an end for whoever writes, and a standby has none. A
 * limit to the transaction ends the connection; it is known from PostgreSQL 17 on, and named where it is known. The
 * cursor is there because a SELECT would have a result, and PL/pgSQL needs a right. Names come with quotes where they
 * need them, and in our encoding, which a login trigger may have changed.
 *
 * @param begin what the block begins with: a message without BEGIN is a transaction that ends with it
 */
export function beginReading(
  isolation: Isolation = 'READ COMMITTED',
  begin: 'BEGIN' | 'SET TRANSACTION' = 'BEGIN',
): string {
  return `${begin} ISOLATION LEVEL ${isolation} READ ONLY NOT DEFERRABLE;
DECLARE devflow_unlimited NO SCROLL CURSOR FOR SELECT pg_catalog.set_config('transaction_timeout', '0', true)
WHERE pg_catalog.current_setting('transaction_timeout', true) IS NOT NULL;
MOVE devflow_unlimited;
CLOSE devflow_unlimited;
SET LOCAL statement_timeout = 0;
SET LOCAL idle_in_transaction_session_timeout = 0;
SET LOCAL quote_all_identifiers = off;
SET LOCAL client_encoding = 'UTF8';`
}
