import type { OperationStep } from '../model/operation.js'
import type { Report } from '../model/report.js'
import { plural } from './plural.js'

/**
 * What became of an operation, in a sentence.
 *
 * @param where the target, ready to be shown
 */
export function operationHeadline({ command, operation, problems }: Report, where: string): string {
  const steps = operation?.steps ?? []
  const done = steps.filter(({ state }) => state === 'done').length
  const stopped = steps.find(({ state }) => state === 'failed' || state === 'unknown')
  if (stopped !== undefined) return `${command} on ${where} ${howItEnded(stopped)}. ${before(done)}`
  if (problems.length > 0) return `${command} is refused on ${where}. ${before(done)}`
  if (steps.length === 0) return `Nothing to do on ${where}`
  if (done === steps.length) return `${command} on ${where}: ${plural(done, 'step')} done`
  return done === 0
    ? `${command} on ${where}: ${plural(steps.length, 'step')} would be done`
    : `${command} on ${where}: ${done} of ${plural(steps.length, 'step')} done`
}

function howItEnded({ state }: OperationStep): string {
  return state === 'failed' ? 'failed' : 'lost the connection: what became of it is not known'
}

function before(done: number): string {
  return done === 0 ? 'Nothing was done' : `${plural(done, 'step')} done before`
}
