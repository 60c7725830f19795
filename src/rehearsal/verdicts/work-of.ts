import type { LockStrength } from '../../model/measured.js'
import { type Step, strengthOf } from './step.js'

/** What a statement does that takes the longer the larger a table is, while others wait. */
export interface Work {
  readonly kind: 'rewrite' | 'scan'
  /** Tables and materialised views; indexes where nothing but an index is written anew. */
  readonly relations: readonly string[]
  /** All that is gone through, which is what takes the time: of an index its table too, no index of a table. */
  readonly through: readonly string[]
  /** The strongest under which it is done; undefined where it does not show. */
  readonly mode: LockStrength | undefined
}

/** The rewrite, else the reads under a lock that stops writers, else undefined. */
export function workOf(step: Step): Work | undefined {
  const { rewritten, scanned, text } = step.measured
  // It gives its tables new files too, and there is nothing to write into them.
  if (TRUNCATE.test(text)) return undefined
  const tables = rewritten.filter((relation) => scanned.includes(relation))
  const read = scanned.filter((relation) => lockOn(step, relation) !== undefined)
  const relations = [tables, rewritten, read].find(({ length }) => length > 0)
  if (!relations) return undefined
  const through = tables.length > 0 ? tables : relations === read ? read : [...rewritten, ...read]
  const mode = strongestOn(step, relations)
  // Whatever writes something anew takes that lock on it, though that an earlier file took it may hide it.
  if (rewritten.length > 0) return { kind: 'rewrite', relations, through, mode: mode ?? 'AccessExclusive' }
  return { kind: 'scan', relations, through, mode }
}

const TRUNCATE = /^\s*truncate\b/i

/** What it reads and an earlier transaction locked: perhaps under a lock of its own too. */
export function hiddenWorkOf(step: Step): Work | undefined {
  const relations = step.measured.scanned.filter((relation) => step.hidden.has(relation))
  return relations.length > 0 ? { kind: 'scan', relations, through: relations, mode: undefined } : undefined
}

/** The lock that stops writers of a relation while the statement runs: its own, or its transaction's. */
function lockOn({ taken, held }: Step, relation: string): LockStrength | undefined {
  return stronger(taken.get(relation), held?.get(relation))
}

function strongestOn(step: Step, relations: readonly string[]): LockStrength | undefined {
  return relations
    .map((relation) => lockOn(step, relation))
    .reduce<LockStrength | undefined>((a, b) => stronger(a, b), undefined)
}

function stronger(one: LockStrength | undefined, other: LockStrength | undefined): LockStrength | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return strengthOf(one) < strengthOf(other) ? other : one
}
