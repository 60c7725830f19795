import type { Failure } from '../../model/outcome.js'
import type { Trace } from '../../model/trace.js'
import { parseIndex } from './judge.js'

/**
 * What a statement that failed left half done of something that was there before it: not ours to take away, nor to finish
 * where the file no longer asks for it. Undefined for what is whole.
 *
 * @param before the catalog before the statement, as `lookUp` tells it
 * @param now the catalog as it is
 */
export function findHalfDone(
  trace: Trace,
  before: readonly string[],
  now: readonly string[],
): Pick<Failure, 'message' | 'hint'> | undefined {
  if (trace.kind === 'drops-index') return halfDropped(before, now)
  if (trace.kind !== 'detaches' || before[0] !== 'false' || now[0] !== 'true') return undefined
  const { table, partition } = trace
  return {
    message: `${partition} is still to be detached from ${table}: DETACH PARTITION CONCURRENTLY failed half-way in an earlier run, and the file was edited there`,
    hint: `Run ALTER TABLE ${table} DETACH PARTITION ${partition} FINALIZE, and ATTACH PARTITION where it is to stay; or give that statement its former text and place. Then run again.`,
  }
}

function halfDropped(
  [before = '']: readonly string[],
  [now = '']: readonly string[],
): ReturnType<typeof findHalfDone> {
  const [was, is] = [parseIndex(before), parseIndex(now)]
  // One of an older version holds the number alone.
  const isOurs = was.valid && !is.valid && before.split(' ', 1)[0] === now.split(' ', 1)[0]
  if (!isOurs) return undefined
  return {
    message: `the index ${is.name} is INVALID: DROP INDEX CONCURRENTLY failed half-way in an earlier run, and the file no longer holds that statement`,
    hint: `Run REINDEX INDEX CONCURRENTLY ${is.name}, which makes it whole, or DROP INDEX CONCURRENTLY ${is.name} where nothing in the file needs it; then run again.`,
  }
}
