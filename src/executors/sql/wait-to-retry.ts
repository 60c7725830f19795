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
  { observe, signal }: Pick<Work, 'observe' | 'signal'>,
  { file }: { readonly file: Pick<RunnableMigration['file'], 'name'> },
  failure: Failure,
  attempt: number,
  started: number,
): Promise<boolean> {
  const waitMs = isRetryable(failure.code) ? pauseBefore(attempt, Date.now() - started) : undefined
  if (waitMs === undefined || signal.aborted) return false
  const { message: reason, blockers = [] } = failure
  observe({ kind: 'retrying', name: file.name, reason, attempt, limit: RETRY_LIMIT, blockers })
  await pause(waitMs, signal)
  return !signal.aborted
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
