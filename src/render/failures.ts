import type { Failure } from '../model/outcome.js'
import type { Report } from '../model/report.js'
import { needsAWord } from './needs-a-word.js'

/** What the database refused, and whether that was the rehearsal or the run itself. */
export interface PlacedFailure {
  readonly name: string
  readonly path: string
  readonly failure: Failure
  readonly during: string
}

/** Failures of the run first, then those of the rehearsal, in plan order. */
export function makeFailures(report: Report): PlacedFailure[] {
  const outcomes = report.outcomes.flatMap(({ name, path, failure, state }) => {
    if (failure === undefined) return []
    const cancelled = report.endedBy !== undefined && state === 'failed'
    const during = cancelled ? 'was cancelled and rolled back' : wordFor(state, failure)
    return [{ name, path, failure, during }]
  })
  const rehearsal = report.rehearsal.flatMap(({ name, path, failure, state }) => {
    if (failure === undefined || state !== 'failed') return []
    return [{ name, path, failure, during: 'failed in the rehearsal' }]
  })
  return [...outcomes, ...rehearsal]
}

function wordFor(state: Report['outcomes'][number]['state'], failure: Failure): string {
  if (needsAWord({ state, failure })) return 'stopped where nobody can tell what is done'
  return applyWords[state] ?? 'failed'
}

const applyWords: Readonly<Partial<Record<Report['outcomes'][number]['state'], string>>> = {
  failed: 'failed and was rolled back',
  partial: 'is partly applied',
  unknown: 'lost the connection',
}
