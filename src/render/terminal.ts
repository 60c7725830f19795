import type { Report } from '../model/report.js'
import { makeAdvice } from './advice.js'
import { makeApprovalText } from './approval-text.js'
import { renderDuration } from './duration.js'
import { renderCounts } from './finding-counts.js'
import { cutText, guardLog, logLine } from './foreign-text.js'
import { type Mood, makeHeadline } from './headline.js'
import { labelled } from './labelled.js'
import { operationLines } from './operation-lines.js'
import { makePaint, type Paint } from './paint.js'
import { plural } from './plural.js'
import { findingLines, suppressedLines } from './terminal-findings.js'
import { rehearsalLines } from './terminal-rehearsal.js'
import { sideLines } from './terminal-sides.js'
import { appliedLines, eventLines, planLines } from './terminal-tables.js'
import { driftLines, failureLines, problemLines, waitLines } from './terminal-trouble.js'

export interface TerminalStyle {
  readonly color: boolean
  /** Columns of the terminal; default 100. Tables cut names to fit. */
  readonly width?: number
  /** Of the rehearsal every statement, not only those worth knowing. */
  readonly verbose?: boolean
}

/** The report for people: verdict, what is wrong, the plan, what to do next. Ends with a line end. */
export function renderTerminal(
  report: Report,
  { color, width = 100, verbose = false }: TerminalStyle,
): string {
  const paint = makePaint(color)
  const blocks = [
    verdictLines(report, paint),
    problemLines(report, paint),
    operationLines(report, paint),
    planLines(report, paint, width),
    report.command === 'history' ? eventLines(report, paint, width) : appliedLines(report, paint, width),
    sideLines(report, paint, width),
    failureLines(report, paint),
    waitLines(report),
    rehearsalLines(report, paint, verbose),
    driftLines(report, paint),
    findingLines(report, paint),
    suppressedLines(report, paint),
    adviceLines(report, paint),
    footerLines(report, paint),
  ]
  const text = blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')
  return `${guardLog(text)}\n`
}

const marks: Readonly<Record<Mood, readonly [mark: string, colour: 'green' | 'yellow' | 'red']>> = {
  good: ['✔', 'green'],
  waiting: ['●', 'yellow'],
  bad: ['✖', 'red'],
}

function verdictLines(report: Report, paint: Paint): string[] {
  const headline = makeHeadline(report, (foreign) => logLine(cutText(foreign, 200)))
  const [mark, colour] = marks[headline.mood]
  const facts = [...(report.dryRun ? ['dry run'] : []), renderDuration(report.durationMs)]
  return [`${paint(colour, mark)} ${paint('bold', headline.text)} ${paint('dim', `(${facts.join(', ')})`)}`]
}

function adviceLines(report: Report, paint: Paint): string[] {
  const { operation } = report
  const advice = operation ? (operation.next ?? []).map(logLine) : makeAdvice(report, logLine)
  if (advice.length === 0) return []
  return [paint('bold', 'What to do next'), ...advice.map((sentence) => `  - ${sentence}`)]
}

function footerLines(report: Report, paint: Paint): string[] {
  const { target, plan, approval, notes, directory, fileCount } = report
  const counts = renderCounts(report)
  const lines = [
    ...(counts === '' ? [] : labelled('Findings', counts)),
    ...notes.flatMap((note) => labelled('Note', note)),
    ...(directory === '' ? [] : labelled('Migrations', `${directory} (${plural(fileCount, 'file')})`)),
    ...(target === undefined
      ? []
      : labelled(
          'Target',
          `PostgreSQL ${target.serverVersion}, ${target.user}@${target.host}:${target.port}/${target.database}${target.role === undefined ? '' : ` with the role ${target.role}`}, TLS ${target.tls}, tracking ${target.tracking.schema}.${target.tracking.table}`,
        )),
    ...(plan?.hash === undefined ? [] : labelled('Plan hash', plan.hash)),
    ...(approval === undefined
      ? []
      : labelled(
          'Approved',
          makeApprovalText(approval, (text) => text),
        )),
  ]
  return lines.map((line) => paint('dim', line))
}
