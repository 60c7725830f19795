import type { Trace } from '../../model/trace.js'
import { freshOf, parseIndex } from './judge.js'

/** An INVALID index where a statement built one, or was to. */
export interface InvalidIndex {
  readonly name: string
  /** The statement's own; otherwise it was there before. */
  readonly own: boolean
}

/**
 * Looks whether a statement that was to build an index concurrently left an INVALID one, or was content with one:
 * `IF NOT EXISTS` is satisfied by the INVALID index of an earlier failure, and recording that as applied would be wrong.
 *
 * @param now the catalog after the statement, as `lookUp` tells it
 */
export function findInvalidIndex(
  trace: Trace | undefined,
  before: readonly string[],
  now: readonly string[],
): InvalidIndex | undefined {
  if (trace?.kind !== 'builds-index') return undefined
  const fresh = freshOf(before, now)
  const own = fresh.map(parseIndex).findLast(({ valid }) => !valid)
  if (own) return { name: own.name, own: true }
  // Without a name it has built another; whatever else is INVALID on the table is not of its making.
  const other = trace.index === undefined ? undefined : now.map(parseIndex).find(({ valid }) => !valid)
  return other && { name: other.name, own: false }
}
