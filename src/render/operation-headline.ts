import type { OperationStep, StepState } from '../model/operation.js'
import type { Report } from '../model/report.js'
import { didNotStop } from './needs-a-word.js'
import { plural } from './plural.js'

/**
 * What became of an operation, in a sentence.
 *
 * @param where the target, ready to be shown
 */
export function operationHeadline(report: Report, where: string): string {
  const { command, operation, problems, status } = report
  const steps = operation?.steps ?? []
  const done = steps.filter(({ state }) => state === 'done').length
  const stopped = steps.find(({ state }) => state in ENDINGS)
  const ending = stopped && endingOf(stopped)
  if (ending !== undefined) return `${command} on ${where} ${ending}. ${before(done)}`
  if (problems.length > 0 || status === 'refused') return `${command} is refused on ${where}. ${before(done)}`
  if (steps.length === 0) return `Nothing to do on ${where}`
  if (done === steps.length) return `${command} on ${where}: ${plural(done, 'step')} done${unwell(report)}`
  return done === 0
    ? `${command} on ${where}: ${plural(steps.length, 'step')} would be done`
    : `${command} on ${where}: ${done} of ${plural(steps.length, 'step')} done`
}

/** What was done is done, whatever holds now. */
function unwell({ findings, exitCode }: Report): string {
  const failed = findings.filter(({ rule, severity }) => rule === 'health-check' && severity === 'error')
  return exitCode === 0 || failed.length === 0
    ? ''
    : `, and ${plural(failed.length, 'health check')} failed afterwards`
}

const ENDINGS: Partial<Readonly<Record<StepState, string>>> = {
  failed: 'failed',
  partial: 'stopped half-way in a step, and what that did until then is kept',
  unknown: 'lost the connection: what became of it is not known',
}

function endingOf(step: OperationStep): string | undefined {
  if (didNotStop(step)) return 'did not stop in time: what becomes of it is not known'
  return isUnconfirmed(step) ? UNCONFIRMED : ENDINGS[step.state]
}

/** No connection was lost on the way. */
function isUnconfirmed({ state, failure }: OperationStep): boolean {
  return state === 'unknown' && failure?.code === 'DF006'
}

const UNCONFIRMED = 'is done as far as the server said, and nothing confirms it'

function before(done: number): string {
  return done === 0 ? 'Nothing was done' : `${plural(done, 'step')} done before`
}
