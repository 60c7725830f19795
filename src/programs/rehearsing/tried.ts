import type { RehearsalPlace } from '../../model/measured.js'
import type { Rehearsed } from '../../model/outcome.js'

/** What a rehearsal showed, and where. */
export interface Tried {
  readonly rehearsal: readonly Rehearsed[]
  readonly place: Omit<RehearsalPlace, 'asked'>
  /** The place has the whole schema of the target. */
  readonly wholeSchema: boolean
}

/** There was no place to rehearse at: clauses. */
export interface NoPlace {
  readonly whyNot: readonly string[]
}
