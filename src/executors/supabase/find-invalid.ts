import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Work } from '../executor.js'
import { findInvalidIndex } from '../sql/find-invalid-index.js'
import { failureOf } from '../sql/keep-journal.js'
import { lookUp } from '../sql/look-up.js'

/**
 * The name of an INVALID index that stands where a statement of the file builds one concurrently, if there is one; or why
 * that can not be told.
 */
export async function findInvalid(
  work: Pick<Work, 'session'>,
  { statements = [] }: RunnableMigration,
): Promise<{ readonly name?: string; readonly failure?: Failure }> {
  for (const { trace } of statements) {
    if (trace?.kind !== 'builds-index' || trace.index === undefined) continue
    const { found, reply } = await lookUp(work, trace)
    const failure = reply && failureOf(reply)
    if (failure) return { failure }
    const invalid = findInvalidIndex(trace, found, found)
    if (invalid) return { name: invalid.name }
  }
  return {}
}
