import type { LockStrength, Measured, MeasuredRows, RelationSize } from '../model/measured.js'
import { isStrong, strengthOf } from './lock-words.js'

/** All that one statement did to one relation. The name is foreign text. */
export interface Touched {
  readonly relation: string
  /** The strongest of the locks it took there. */
  readonly lock?: LockStrength
  readonly rewritten: boolean
  readonly scanned: boolean
  readonly changed?: MeasuredRows
  readonly size?: RelationSize
}

/** Relation by relation what a statement did, the gravest first. */
export function makeTouched(measured: Measured, sizes: ReadonlyMap<string, RelationSize>): Touched[] {
  const locks = new Map(measured.locks.map(({ relation, modes }) => [relation, modes[0]]))
  const changes = new Map(measured.rows.map((rows) => [rows.relation, rows]))
  const rewritten = new Set(measured.rewritten)
  const scanned = new Set(measured.scanned)
  const relations = new Set([...locks.keys(), ...rewritten, ...scanned, ...changes.keys()])
  return [...relations]
    .map((relation): Touched => {
      const lock = locks.get(relation)
      const changed = changes.get(relation)
      const size = sizes.get(relation)
      return {
        relation,
        rewritten: rewritten.has(relation),
        scanned: scanned.has(relation),
        ...(lock === undefined ? {} : { lock }),
        ...(changed === undefined ? {} : { changed }),
        ...(size === undefined ? {} : { size }),
      }
    })
    .toSorted(byGravity)
}

/** Whether somebody who approves should know: it keeps others out, or takes longer the larger the relation is. */
export function isGrave({ lock, rewritten, scanned }: Touched): boolean {
  return rewritten || scanned || (lock !== undefined && isStrong(lock))
}

/** A table before its indexes, which are smaller than it is with them. */
function byGravity(a: Touched, b: Touched): number {
  return (
    Number(b.rewritten) - Number(a.rewritten) ||
    strength(b) - strength(a) ||
    Number(b.scanned) - Number(a.scanned) ||
    (b.size?.bytes ?? 0) - (a.size?.bytes ?? 0)
  )
}

function strength({ lock }: Touched): number {
  return lock === undefined ? -1 : strengthOf(lock)
}
