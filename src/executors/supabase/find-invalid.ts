import type { RunnableMigration } from '../../model/plan.js'
import type { Work } from '../executor.js'
import { findInvalidIndex } from '../sql/find-invalid-index.js'
import { lookUp } from '../sql/look-up.js'

/** The name of an INVALID index that stands where a statement of the file builds one concurrently, if there is one. */
export async function findInvalid(
  work: Pick<Work, 'session'>,
  { statements = [] }: RunnableMigration,
): Promise<string | undefined> {
  for (const { trace } of statements) {
    if (trace?.kind !== 'builds-index' || trace.index === undefined) continue
    const { found } = await lookUp(work, trace)
    const invalid = findInvalidIndex(trace, found, found)
    if (invalid) return invalid.name
  }
  return undefined
}
