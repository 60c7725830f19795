import type { Failure } from '../../model/outcome.js'
import type { Trace } from '../../model/trace.js'
import { findInvalidIndex } from './find-invalid-index.js'

/**
 * Looks whether the index is there and valid that a statement was to build concurrently and that the server was content
 * with: `IF NOT EXISTS` is satisfied by an INVALID index, and by whatever of that name stands on another table.
 *
 * @param now the catalog after the statement, as `lookUp` tells it
 */
export function findWrongIndex(
  trace: Trace | undefined,
  before: readonly string[],
  now: readonly string[],
): Pick<Failure, 'message' | 'hint'> | undefined {
  const invalid = findInvalidIndex(trace, before, now)
  if (invalid)
    return {
      message: `the index ${invalid.name} is INVALID: an earlier build of it failed`,
      hint: `Run DROP INDEX CONCURRENTLY ${invalid.name}; mend what made the build fail; then run again.`,
    }
  if (trace?.kind !== 'builds-index' || trace.index === undefined || now.length > 0) return undefined
  return {
    message: `there is no index ${trace.index} on ${trace.table}: something else has that name, and IF NOT EXISTS was content with it`,
    hint: `Look what is called ${trace.index}, and on which table. Give the index another name, or drop or rename the other; then run again.`,
  }
}
