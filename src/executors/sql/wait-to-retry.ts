import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import { isRaised } from '../../sql/is-raised.js'
import type { Work } from '../executor.js'
import { isRetryable, pauseBefore, RETRY_LIMIT } from './retry.js'

/** How often something was tried. */
export interface Tries {
  /** This time included. */
  count: number
  /** When it failed for the first time, in milliseconds since 1970. */
  failedAt?: number
}

/**
 * Waits before a transaction that was rolled back is tried again, and counts that.
 *
 * @returns false where it is not to be: another error, or too many attempts, or too long since the first of them failed
 */
export async function waitToRetry(
  { observe, signal }: Pick<Work, 'observe' | 'signal'>,
  { file }: { readonly file: Pick<RunnableMigration['file'], 'name'> },
  failure: Failure,
  tries: Tries,
): Promise<boolean> {
  if (!isRetryable(failure.code) || isFilesOwn(failure) || signal.aborted) return false
  tries.failedAt ??= Date.now()
  const waitMs = pauseBefore(tries.count, Date.now() - tries.failedAt)
  if (waitMs === undefined) return false
  const { message: reason, blockers = [] } = failure
  observe({ kind: 'retrying', name: file.name, reason, attempt: tries.count, limit: RETRY_LIMIT, blockers })
  await pause(waitMs, signal)
  if (signal.aborted) return false
  tries.count++
  return true
}

/** A RAISE of the file's own with nobody in its way says the same the next time. */
function isFilesOwn(failure: Failure): boolean {
  return isRaised(failure) && (failure.blockers ?? []).length === 0
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
