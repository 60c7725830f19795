import type { Report } from '../model/report.js'
import { makeDriftText } from './drift-text.js'
import { makeFailures } from './failures.js'
import { logLine } from './foreign-text.js'
import { frameLines } from './frame-lines.js'
import { labelled } from './labelled.js'
import { describeSession } from './other-session.js'
import type { Paint } from './paint.js'
import { renderPlace } from './place.js'

/** Every mistake in the set-up with its way out. */
export function problemLines({ problems }: Report, paint: Paint): string[] {
  return problems.flatMap(({ message, help, lines }) => [
    ...labelled('Wrong', message).map((line) => paint('red', line)),
    ...labelled('Way out', lines === undefined ? help : `${help}\n${lines}`),
  ])
}

/** What the database refused: place, message, SQLSTATE, hint, and the line with a caret under the column. */
export function failureLines(report: Report, paint: Paint): string[] {
  return makeFailures(report).flatMap(({ path, failure, during }) => [
    `${paint('red', logLine(renderPlace(path, failure.position)))} ${during}`,
    ...labelled('Server', `${failure.message} (SQLSTATE ${failure.code})`),
    ...(failure.hint === undefined ? [] : labelled('Hint', failure.hint)),
    ...(failure.context ?? []).flatMap((line) => labelled('In', line)),
    ...(failure.blockers ?? []).flatMap((one) => labelled('Blocked by', describeSession(one, logLine))),
    ...(failure.excerpt === undefined ? [] : frameLines(failure.excerpt, failure.position, paint)),
  ])
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
