import type { Failure } from '../../model/outcome.js'
import { CHECK_FAILED } from '../../sql/raise.js'
import type { Work } from '../executor.js'

/**
 * A connection that holds the lock of the run, to write on: another one where a migration released it. Undefined where
 * it is not to be had any more: another run may be at the same file by now.
 */
export async function lockAgain(work: Work, failure: Failure): Promise<Work | undefined> {
  if (failure.code !== CHECK_FAILED.lock) return work
  await work.session[Symbol.asyncDispose]()
  const line = await work.reconnect('the lock of this run is gone')
  return line ? { ...work, ...line } : undefined
}
