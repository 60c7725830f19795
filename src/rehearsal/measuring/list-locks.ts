import { LOCK_STRENGTHS, type LockStrength, type MeasuredLock } from '../../model/measured.js'
import type { Known } from './known.js'
import type { KnownLock } from './known-locks.js'
import { type Probe, strongestFirst } from './probe.js'
import { compareNames } from './read-work.js'

export interface Locking {
  readonly known: Known
  readonly probe: Probe
  /** Locks that the statement is known to take. */
  readonly assumed: readonly KnownLock[]
  readonly alone: boolean
  /** By relation what the transaction holds: grows. */
  readonly held: Map<number, ReadonlySet<LockStrength>>
  /** By relation what files before hold in the same transaction, so that taking it again does not show. */
  readonly earlier: ReadonlyMap<number, ReadonlySet<LockStrength>>
  /** By relation the statement that locked it against all: grows. */
  readonly exclusive: Map<number, number>
  /** 1-based. */
  readonly statement: number
}

/** What a statement locked and did not hold before, the strongest first. */
export function listLocks(locking: Locking): MeasuredLock[] {
  const { known, held, exclusive, statement, alone } = locking
  const taken = takenBy(locking)
  const locks: MeasuredLock[] = []
  for (const [id, modes] of taken) {
    const name = known.relations.get(id)?.name
    if (name === undefined || modes.size === 0) continue
    locks.push({ relation: name, modes: [...modes].sort(strongestFirst) })
    if (alone) continue
    held.set(id, new Set([...(held.get(id) ?? []), ...modes]))
    if (modes.has('AccessExclusive') && !exclusive.has(id)) exclusive.set(id, statement)
  }
  return locks.sort(
    (one, other) => strengthOf(other) - strengthOf(one) || compareNames(one.relation, other.relation),
  )
}

function takenBy({ probe, assumed, alone, held, earlier }: Locking): Map<number, Set<LockStrength>> {
  const taken = new Map<number, Set<LockStrength>>()
  const add = (id: number, modes: readonly LockStrength[]) =>
    taken.set(id, new Set([...(taken.get(id) ?? []), ...modes]))
  for (const { id, modes } of probe.relations)
    add(
      id,
      modes.filter((mode) => !held.get(id)?.has(mode)),
    )
  for (const { relation, mode } of assumed)
    if (alone || earlier.get(relation.id)?.has(mode)) add(relation.id, [mode])
  return taken
}

function strengthOf({ modes: [strongest] }: MeasuredLock): number {
  return strongest === undefined ? -1 : LOCK_STRENGTHS.indexOf(strongest)
}
