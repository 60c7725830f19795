import type { Report } from '../model/report.js'
import { makeDriftText } from './drift-text.js'
import { isSqlState, renderFailureCode } from './failure-code.js'
import { makeFailures } from './failures.js'
import { logLine } from './foreign-text.js'
import { frameLines } from './frame-lines.js'
import { labelled } from './labelled.js'
import { describeSession } from './other-session.js'
import type { Paint } from './paint.js'
import { renderPlace } from './place.js'
import { wasInTheWay } from './was-in-the-way.js'

/** Every mistake in the set-up with its way out. */
export function problemLines({ problems }: Report, paint: Paint): string[] {
  return problems.flatMap(({ message, help, lines }) => [
    ...labelled('Wrong', message).map((line) => paint('red', line)),
    ...labelled('Way out', lines === undefined ? help : `${help}\n${lines}`),
  ])
}

/** What went wrong with a file: place, message, code, hint, and the line with a caret under the column. */
export function failureLines(report: Report, paint: Paint): string[] {
  return makeFailures(report).flatMap(({ path, failure, during }) => [
    `${paint('red', logLine(renderPlace(path, failure.position)))} ${during}`,
    ...labelled(
      isSqlState(failure.code) ? 'Server' : 'Why',
      `${failure.message} (${renderFailureCode(failure.code)})`,
    ),
    ...(failure.hint === undefined ? [] : labelled('Hint', failure.hint)),
    ...(failure.context ?? []).flatMap((line) => labelled('In', line)),
    ...(failure.blockers ?? []).flatMap((one) => labelled('Blocked by', describeSession(one, logLine))),
    ...(failure.excerpt === undefined ? [] : frameLines(failure.excerpt, failure.position, paint)),
  ])
}

/** Who was in the way of what was tried again, whatever became of it. */
export function waitLines({ outcomes }: Report): string[] {
  return outcomes.flatMap((outcome) =>
    wasInTheWay(outcome, logLine).flatMap((words) =>
      labelled('Waited', `${logLine(outcome.name)}: ${words}`),
    ),
  )
}

/** Applied files that are no longer what was applied, with both checksums and the way out. */
export function driftLines({ drift }: Report, paint: Paint): string[] {
  return drift.flatMap((one) => {
    const { message, stored, present, help } = makeDriftText(one, logLine)
    return [
      paint('red', message),
      ...labelled('Stored', stored),
      ...(present === undefined ? [] : labelled('Present', present)),
      ...labelled('Way out', help),
    ]
  })
}
