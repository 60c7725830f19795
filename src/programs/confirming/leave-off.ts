import type { Failure } from '../../model/outcome.js'
import type { Gathering } from '../../report/gathered.js'

/**
 * Ends what is gathered of a run that was asked to end, where it is left before it is done: what the server has and has not
 * answered for may be done or not; what it never got is not run.
 *
 * @param signal its name
 */
export function leaveOff(gathered: Gathering, signal: string): void {
  gathered.endedBy = signal
  if (!gathered.applying) return
  const message = `the run was ended by ${signal}, and the server did not stop in time: what becomes of it is not known`
  const failure: Failure = { code: 'cancelled', message }
  const whetherSent = <T extends { readonly state: string }>(each: T, index: number) =>
    each.state === 'not-run' && isSent(gathered, index)
      ? { ...each, state: 'unknown' as const, durationMs: spentOn(gathered, index), failure }
      : each
  if (gathered.outcomes) gathered.outcomes = gathered.outcomes.map(whetherSent)
  if (gathered.operation)
    gathered.operation = { ...gathered.operation, steps: gathered.operation.steps.map(whetherSent) }
}

/** Who sends all at once tells nothing of it. */
function isSent({ sent }: Gathering, index: number): boolean {
  return sent === undefined || (index >= sent.first && index < sent.first + sent.count)
}

function spentOn({ begun }: Gathering, index: number): number {
  return begun?.index === index ? Date.now() - begun.at : 0
}
