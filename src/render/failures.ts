import type { Failure, Outcome } from '../model/outcome.js'
import type { Report } from '../model/report.js'
import { didNotStop, isUnconfirmed, needsAWord } from './needs-a-word.js'

/** What the database refused, and whether that was the rehearsal or the run itself. */
export interface PlacedFailure {
  readonly name: string
  readonly path: string
  readonly failure: Failure
  readonly during: string
}

/** Failures of the run first, then those of the rehearsal, in plan order. What is so of several for one reason is told once. */
export function makeFailures(report: Report): PlacedFailure[] {
  const outcomes = report.outcomes.flatMap((outcome) => {
    const { name, path, failure, state } = outcome
    if (failure === undefined || isToldBefore(outcome, report)) return []
    const cancelled = report.endedBy !== undefined && state === 'failed'
    const during = cancelled ? wordOfCancelled(failure) : wordFor(state, failure)
    return [{ name, path, failure, during }]
  })
  const rehearsal = report.rehearsal.flatMap(({ name, path, failure, state }) => {
    if (failure === undefined || state !== 'failed') return []
    return [{ name, path, failure, during: 'failed in the rehearsal' }]
  })
  return [...outcomes, ...rehearsal]
}

/** Not confirmed, or in the message that did not stop: the first of them tells it. */
function isToldBefore(outcome: Outcome, { outcomes }: Report): boolean {
  const isSuch = [isUnconfirmed, didNotStop].find((is) => is(outcome))
  return isSuch !== undefined && outcomes.find(isSuch) !== outcome
}

function wordOfCancelled({ left }: Failure): string {
  return left ? 'was cancelled, and is half done' : 'was cancelled and rolled back'
}

function wordFor(state: Report['outcomes'][number]['state'], failure: Failure): string {
  if (isUnconfirmed({ state, failure })) return 'is not confirmed'
  if (didNotStop({ state, failure })) return 'did not stop in time'
  if (needsAWord({ state, failure })) return 'stopped where nobody can tell what is done'
  if (state === 'failed' && failure.left) return 'failed, and is half done'
  return applyWords[state] ?? 'failed'
}

const applyWords: Readonly<Partial<Record<Report['outcomes'][number]['state'], string>>> = {
  failed: 'failed and was rolled back',
  partial: 'is partly applied',
  unknown: 'lost the connection',
}
