import type { Violation } from './check-point.js'

/** What a sweep came to. */
export interface Tally {
  readonly name: string
  /** Messages at which a run could be disturbed, over all modes. */
  points: number
  /** Disturbed runs. */
  cuts: number
  /** Of those, the ones with a connection that was only cut once. */
  transient: number
  /** Of those, the ones that ended in the same run as if nothing had been. */
  byThemselves: number
  readonly counts: Record<Violation['kind'], number>
  /** Each in a line or two: where, and what was wrong. */
  readonly violations: string[]
  /** Transient ones that did not finish: where, and what they said. */
  readonly unfinished: string[]
}

export function aTally(name: string): Tally {
  return {
    name,
    points: 0,
    cuts: 0,
    transient: 0,
    byThemselves: 0,
    counts: { twice: 0, lost: 0, misrecorded: 0, stuck: 0, 'false-claim': 0, 'not-fired': 0 },
    violations: [],
    unfinished: [],
  }
}

export function addTallies(name: string, tallies: readonly Tally[]): Tally {
  const sum = aTally(name)
  for (const tally of tallies) {
    sum.points += tally.points
    sum.cuts += tally.cuts
    sum.transient += tally.transient
    sum.byThemselves += tally.byThemselves
    sum.violations.push(...tally.violations)
    sum.unfinished.push(...tally.unfinished)
    for (const kind of Object.keys(sum.counts) as Violation['kind'][]) sum.counts[kind] += tally.counts[kind]
  }
  return sum
}

/** `cuts=96 finished-by-itself=96/96 twice=0 lost=0 misrecorded=0 stuck=0 false-claims=0` */
export function renderTally({ points, cuts, transient, byThemselves, counts }: Tally): string {
  const finished = transient > 0 ? `${byThemselves}/${transient}` : '-'
  return `cuts=${cuts}${cuts < points ? ` of ${points}` : ''} finished-by-itself=${finished} twice=${counts.twice} lost=${counts.lost} misrecorded=${counts.misrecorded} stuck=${counts.stuck} false-claims=${counts['false-claim']}`
}
