import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Work } from '../executor.js'
import { isRetryable, pauseBefore, RETRY_LIMIT } from './retry.js'

/**
 * Waits before a transaction that was rolled back is tried again.
 *
 * @param started when its first attempt began, in milliseconds since 1970
 * @returns false where it is not to be: another error, or too many attempts, or too long
 */
export async function waitToRetry(
  { observe }: Work,
  { file }: RunnableMigration,
  failure: Failure,
  attempt: number,
  started: number,
): Promise<boolean> {
  const waitMs = isRetryable(failure.code) ? pauseBefore(attempt, Date.now() - started) : undefined
  if (waitMs === undefined) return false
  observe({ kind: 'retrying', name: file.name, reason: failure.message, attempt, limit: RETRY_LIMIT })
  await new Promise((resolve) => setTimeout(resolve, waitMs))
  return true
}
