import { cutMessage } from '../model/cut-message.js'
import type { Finding } from '../model/finding.js'
import type { Drift } from '../model/plan.js'
import type { Position } from '../model/position.js'
import type { Problem } from '../model/problem.js'
import type { Report } from '../model/report.js'
import { makeDriftText, recordedPath } from './drift-text.js'
import { renderFailureCode } from './failure-code.js'
import { makeFailures, type PlacedFailure } from './failures.js'
import { makeFindingDetails } from './finding-details.js'
import { cutText, logLine, logText } from './foreign-text.js'
import { findingsBesideDrift } from './group-findings.js'
import { makeHeadline } from './headline.js'
import { describeSession } from './other-session.js'

export type AnnotationLevel = 'error' | 'warning' | 'notice'

/** What GitHub shows beside a line of a file. Lines and columns count from 1, ends inclusive. */
export interface Annotation {
  readonly level: AnnotationLevel
  readonly title: string
  /** At most 4096 characters, beyond which GitHub cuts. */
  readonly message: string
  readonly file?: string
  readonly line?: number
  readonly endLine?: number
  readonly column?: number
  readonly endColumn?: number
}

/** GitHub keeps ten of a level in a step and drops the rest without a word. */
const perLevel = 10
const messageLimit = 4096

/** Worst first, at most ten of a level; where there are more, the tenth counts them and points to the summary. */
export function makeAnnotations(report: Report): Annotation[] {
  const all = [
    ...makeFailures(report).map(ofFailure),
    ...report.drift.map((drift) => ofDrift(drift, report.directory)),
    ...report.problems.map((problem) => ofProblem(problem, report)),
    ...findingsBesideDrift(report).map((finding) => ofFinding(finding, report.actor)),
  ]
  const told = report.exitCode === 0 || all.some(({ level }) => level === 'error')
  return (['error', 'warning', 'notice'] as const).flatMap((level) =>
    withinCap([...all, ...(told ? [] : [ofVerdict(report)])].filter((one) => one.level === level)),
  )
}

/** A step that fails without a word sends people searching the log. */
function ofVerdict(report: Report): Annotation {
  const steps = (report.operation?.steps ?? []).flatMap(({ what, failure }) =>
    failure ? [`${logLine(what)}: ${logText(failure.message)} (${logLine(failure.code)})`] : [],
  )
  return { level: 'error', title: 'devflow', message: body([makeHeadline(report, logLine).text, ...steps]) }
}

/** Characters of what the server said, so that there is room for the rest. */
const MOST_OF_IT = 2_000

function ofFailure({ name, path, failure, during }: PlacedFailure): Annotation {
  const lines = [
    `${logLine(name)} ${during}: ${logText(cutMessage(failure.message, MOST_OF_IT))} (${renderFailureCode(failure.code, logLine)})`,
    ...(failure.hint === undefined ? [] : [`Hint: ${logText(failure.hint)}`]),
    ...(failure.context ?? []).map((line) => `In ${logLine(line)}`),
    ...(failure.blockers ?? []).map((one) => `Blocked by ${describeSession(one, logLine)}`),
    ...(failure.excerpt === undefined ? [] : [logText(failure.excerpt)]),
  ]
  return {
    level: 'error',
    title: 'Migration failed',
    message: body(lines),
    ...place(path, failure.position),
  }
}

function ofDrift(drift: Drift, directory: string): Annotation {
  const { message, stored, present, help } = makeDriftText(drift, logLine)
  const sums = [
    `Stored checksum: ${stored}`,
    ...(present === undefined ? [] : [`Present checksum: ${present}`]),
  ]
  const file = drift.path ?? recordedPath(drift, directory)
  return {
    level: 'error',
    title: 'Applied migration changed',
    message: body([message, ...sums, `Way out: ${help}`]),
    ...(file === undefined ? {} : { file: logLine(file), line: 1 }),
  }
}

function ofProblem({ message, help, lines }: Problem, { status, exitCode }: Report): Annotation {
  return {
    level: 'error',
    title: status === 'refused' && exitCode === 1 ? 'Refused' : 'Set-up',
    message: body([
      logText(message),
      `Way out: ${logText(help)}`,
      ...(lines === undefined ? [] : [logText(lines)]),
    ]),
  }
}

function ofFinding(finding: Finding, actor: string | undefined): Annotation {
  const { rule, severity, file, position, message, measured } = finding
  const details = makeFindingDetails(finding, { actor }).map(({ label, text, kind }) =>
    kind === 'sql' ? `${label}:\n${logText(text)}` : `${label}: ${logText(text)}`,
  )
  return {
    // What did not happen when it ran must not look like a reason to stop.
    level: measured === 'refuted' ? 'notice' : severity,
    title: logLine(rule),
    message: body([logText(message), ...details]),
    ...(file === undefined ? {} : place(file, position)),
  }
}

function body(lines: readonly string[]): string {
  return cutText(lines.join('\n'), messageLimit)
}

/** GitHub drops columns where the lines differ, and both ends where they are the wrong way round. */
function place(file: string, position: Position | undefined): Partial<Annotation> {
  const { line, column, endLine, endColumn } = position ?? { line: 1, column: 1, endLine: 0, endColumn: 0 }
  return {
    file: logLine(file),
    line,
    ...(endLine >= line ? { endLine } : {}),
    ...(position !== undefined && endLine === line ? { column } : {}),
    ...(position !== undefined && endLine === line && endColumn >= column ? { endColumn } : {}),
  }
}

function withinCap(annotations: readonly Annotation[]): Annotation[] {
  if (annotations.length <= perLevel) return [...annotations]
  const kept = annotations.slice(0, perLevel - 1)
  const left = annotations.length - kept.length
  const { level } = annotations[0] as Annotation
  const message = `And ${left} more of level ${level}: the JSON report has them all, the job summary as many as fit.`
  return [...kept, { level, title: `${left} more`, message }]
}
