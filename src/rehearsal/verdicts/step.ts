import { LOCK_STRENGTHS, type LockStrength, type Measured } from '../../model/measured.js'

/** By relation the strongest lock that stops its writers, or its readers too. */
export type StrongLocks = ReadonlyMap<string, LockStrength>

/** A statement that ran and was measured, and what is locked around it where it will run. */
export interface Step {
  /** Of its file, as findings have it. */
  readonly path: string
  readonly measured: Measured
  /** What it took that nobody held. */
  readonly taken: StrongLocks
  /** What earlier statements of its own transaction hold. Undefined: the rehearsal does not tell. */
  readonly held: StrongLocks | undefined
  /**
   * What earlier transactions locked, which are one with this in the rehearsal only: whether this statement takes such a
   * lock again does not show.
   */
  readonly hidden: ReadonlySet<string>
}

/** Whether nobody can write under it. */
export function isStrong(mode: LockStrength): boolean {
  return strengthOf(mode) >= strengthOf('Share')
}

/** From 0, the weakest. */
export function strengthOf(mode: LockStrength): number {
  return LOCK_STRENGTHS.indexOf(mode)
}
