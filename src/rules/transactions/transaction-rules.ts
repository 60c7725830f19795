import { concurrentlyInTransaction } from './concurrently-in-transaction.js'
import { enumValueUsedInSameTransaction } from './enum-value-used-in-same-transaction.js'
import { lockTimeoutTooLong } from './lock-timeout-too-long.js'
import { missingIdleInTransactionTimeout } from './missing-idle-in-transaction-timeout.js'
import { missingLockTimeout } from './missing-lock-timeout.js'
import { missingStatementTimeout } from './missing-statement-timeout.js'
import { mixedTransactional } from './mixed-transactional.js'
import { nonIdempotentStatement } from './non-idempotent-statement.js'
import { notAnalysed } from './not-analysed.js'

/** The rules of this folder, in the order the documentation shows them. */
export const TRANSACTION_RULES = {
  'enum-value-used-in-same-transaction': enumValueUsedInSameTransaction,
  'concurrently-in-transaction': concurrentlyInTransaction,
  'mixed-transactional': mixedTransactional,
  'non-idempotent-statement': nonIdempotentStatement,
  'missing-lock-timeout': missingLockTimeout,
  'missing-statement-timeout': missingStatementTimeout,
  'missing-idle-in-transaction-timeout': missingIdleInTransactionTimeout,
  'lock-timeout-too-long': lockTimeoutTooLong,
  'not-analysed': notAnalysed,
}
