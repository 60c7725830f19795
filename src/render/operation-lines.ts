import type { OperationStep, StepState } from '../model/operation.js'
import type { Report } from '../model/report.js'
import { renderDuration } from './duration.js'
import { cutText, logLine } from './foreign-text.js'
import { frameLines } from './frame-lines.js'
import { labelled } from './labelled.js'
import { describeSession } from './other-session.js'
import type { Paint } from './paint.js'
import { stepWords } from './step-words.js'

/** For a terminal: each step with what became of it, and why not. */
export function operationLines({ operation }: Report, paint: Paint): string[] {
  return (operation?.steps ?? []).flatMap((step) => stepLines(step, paint))
}

const colours = {
  planned: 'yellow',
  done: 'green',
  failed: 'red',
  partial: 'red',
  'not-run': 'dim',
  unknown: 'red',
} as const satisfies Record<StepState, string>

function stepLines(step: OperationStep, paint: Paint): string[] {
  const { what, state, details = [], durationMs, failure } = step
  const { mark, word } = stepWords[state]
  const facts = [...(state === 'done' ? [] : [word]), ...(durationMs ? [renderDuration(durationMs)] : [])]
  const aside = facts.length === 0 ? '' : ` ${paint('dim', `(${facts.join(', ')})`)}`
  return [
    `${paint(colours[state], mark)} ${logLine(cutText(what, 400))}${aside}`,
    ...details.flatMap((detail) => labelled('', detail)),
    ...(failure === undefined ? [] : failureLines(failure, paint)),
  ]
}

function failureLines(failure: NonNullable<OperationStep['failure']>, paint: Paint): string[] {
  const { message, code, hint, excerpt, position, blockers = [] } = failure
  return [
    ...labelled('Why', `${message} (${code})`),
    ...(hint === undefined ? [] : labelled('Hint', hint)),
    ...blockers.flatMap((one) => labelled('Blocked by', describeSession(one, logLine))),
    ...(excerpt === undefined ? [] : frameLines(excerpt, position, paint)),
  ]
}
