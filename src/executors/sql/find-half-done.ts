import type { Failure } from '../../model/outcome.js'
import type { Trace } from '../../model/trace.js'
import { idOf, parseDetach, parseIndex } from './judge.js'

/**
 * What a statement that failed left half done of something that was there before it: not ours to take away, nor to finish
 * where the file no longer asks for it. Undefined for what is whole.
 *
 * @param before the catalog before the statement, as `lookUp` tells it
 * @param now the catalog as it is, with what has another name since
 */
export function findHalfDone(
  trace: Trace,
  before: readonly string[],
  now: readonly string[],
): Pick<Failure, 'message' | 'hint'> | undefined {
  if (trace.kind === 'drops-index') return halfDropped(before, now)
  return trace.kind === 'detaches' ? halfDetached(trace, before, now) : undefined
}

function halfDetached(
  { table, partition }: Extract<Trace, { kind: 'detaches' }>,
  [before = '']: readonly string[],
  now: readonly string[],
): ReturnType<typeof findHalfDone> {
  const was = parseDetach(before)
  // One of an older version does not say which it was.
  const is = now.map(parseDetach).find(({ pair }) => was.pair === '' || was.pair === pair)
  if (before === '' || was.pending || !is?.pending) return undefined
  return {
    message: `${partition} is still to be detached from ${table}: DETACH PARTITION CONCURRENTLY failed half-way in an earlier run, and the file was edited there`,
    hint: `Run ${is.as} FINALIZE, and ATTACH PARTITION where it is to stay; or give that statement its former text and place. Then run again.`,
  }
}

function halfDropped(
  [before = '']: readonly string[],
  now: readonly string[],
): ReturnType<typeof findHalfDone> {
  const same = now.find((text) => idOf(text) === idOf(before))
  // One of an older version holds the number alone.
  if (same === undefined || !parseIndex(before).valid || parseIndex(same).valid) return undefined
  const is = parseIndex(same)
  return {
    message: `the index ${is.name} is INVALID: DROP INDEX CONCURRENTLY failed half-way in an earlier run, and the file no longer drops it`,
    hint: `Run REINDEX INDEX CONCURRENTLY ${is.name}, which makes it whole, or DROP INDEX CONCURRENTLY ${is.name} where nothing in the file needs it; then run again.`,
  }
}
