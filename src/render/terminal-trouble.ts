import type { Report } from '../model/report.js'
import { makeDriftText } from './drift-text.js'
import { makeFailures } from './failures.js'
import { cutText, logLine, logText } from './foreign-text.js'
import { describeSession } from './other-session.js'
import type { Paint } from './paint.js'
import { renderPlace } from './place.js'

const labelWidth = 10

/** `  Label     text`, foreign text of several lines indented under the first. */
export function labelled(label: string, text: string): string[] {
  const lines = logText(cutText(text, 4000)).split('\n')
  return lines.map((line, index) => `  ${(index === 0 ? label : '').padEnd(labelWidth)}  ${line}`)
}

/** Every mistake in the set-up with its way out. */
export function problemLines({ problems }: Report, paint: Paint): string[] {
  return problems.flatMap(({ message, help }) => [
    ...labelled('Wrong', message).map((line) => paint('red', line)),
    ...labelled('Way out', help),
  ])
}

/** What the database refused: place, message, SQLSTATE, hint, and the line with a caret under the column. */
export function failureLines(report: Report, paint: Paint): string[] {
  return makeFailures(report).flatMap(({ path, failure, during }) => [
    `${paint('red', logLine(renderPlace(path, failure.position)))} ${during}`,
    ...labelled('Server', `${failure.message} (SQLSTATE ${failure.code})`),
    ...(failure.hint === undefined ? [] : labelled('Hint', failure.hint)),
    ...(failure.blockers ?? []).flatMap((one) => labelled('Blocked by', describeSession(one, logLine))),
    ...excerptLines(failure.excerpt, paint),
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

/** Findings other than drift told above, worst first as given. */
export function findingLines({ findings, drift }: Report, paint: Paint): string[] {
  return findings
    .filter((finding) => drift.length === 0 || finding.rule !== 'checksum-drift')
    .flatMap(({ rule, severity, file, position, message, help, excerpt }) => {
      const place = file === undefined ? '' : `${logLine(renderPlace(file, position))} `
      const colour = severity === 'error' ? 'red' : severity === 'warning' ? 'yellow' : 'cyan'
      return [
        `${paint(colour, severity)} ${place}${paint('dim', logLine(rule))}`,
        ...labelled('', message),
        ...excerptLines(excerpt, paint),
        ...labelled('Way out', help),
      ]
    })
}

function excerptLines(excerpt: string | undefined, paint: Paint): string[] {
  if (excerpt === undefined) return []
  return logText(cutText(excerpt, 2000))
    .split('\n')
    .map((line) => `  ${paint('dim', '│')} ${line}`)
}
