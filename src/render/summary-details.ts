import { cutMessage } from '../model/cut-message.js'
import type { HistoryEvent } from '../model/history.js'
import type { Outcome } from '../model/outcome.js'
import type { Drift } from '../model/plan.js'
import type { Report } from '../model/report.js'
import { makeApprovalText } from './approval-text.js'
import { makeDriftText } from './drift-text.js'
import { renderDuration } from './duration.js'
import { eventProof, eventWord } from './event-facts.js'
import { isSqlState, renderFailureCode } from './failure-code.js'
import { makeFailures } from './failures.js'
import type { Section } from './fit-sections.js'
import { folded } from './folded.js'
import { cutText, markdownCode, markdownText } from './foreign-text.js'
import { markdownFrame } from './markdown-frame.js'
import { describeSession } from './other-session.js'
import { renderPlace } from './place.js'
import { makeFindingSections } from './summary-findings.js'
import { makeMeasuredSection } from './summary-rehearsal.js'
import { type AppliedEntry, makeTally } from './tally.js'
import { renderUser } from './user-name.js'
import { wasInTheWay } from './was-in-the-way.js'

/** The folded sections of the summary, those first that say why a run stopped. */
export function makeDetails(report: Report): Section[] {
  const { applied } = makeTally(report)
  return [
    ...folded(3, 'Failures', makeFailures(report).map(failureItem)),
    ...folded(5, 'Drift', report.drift.map(driftItem)),
    ...makeFindingSections(report),
    ...makeMeasuredSection(report),
    ...folded(7, 'What was atomic', report.outcomes.flatMap(atomicityItem)),
    ...folded(7, 'Waited for others', report.outcomes.flatMap(waitItem)),
    ...folded(8, 'History', report.events.map(eventItem)),
    ...folded(10, 'Applied', applied.map(appliedItem)),
    ...folded(
      9,
      'Notes',
      report.notes.map((note) => `- ${text(note)}\n`),
    ),
    ...targetSection(report),
  ]
}

function text(foreign: string): string {
  return markdownText(cutMessage(foreign, 2000))
}

function code(foreign: string): string {
  return markdownCode(cutText(foreign, 300))
}

function failureItem({ path, failure, during }: ReturnType<typeof makeFailures>[number]): string {
  const lines = [
    `**${code(renderPlace(path, failure.position))}** ${during}: ${text(failure.message)} (${renderFailureCode(failure.code, code)})`,
    ...(failure.statement === undefined ? [] : [`Statement ${failure.statement} of the file.`]),
    ...(failure.hint === undefined
      ? []
      : [`${isSqlState(failure.code) ? 'Hint of the server' : 'Hint'}: ${text(failure.hint)}`]),
    ...(failure.context ?? []).map((line) => `In ${code(line)}`),
    ...(failure.blockers ?? []).map((one) => `Blocked by ${describeSession(one, code)}`),
    ...(failure.excerpt === undefined ? [] : [markdownFrame(failure.excerpt, failure.position)]),
  ]
  return `${lines.join('\n\n')}\n\n`
}

function driftItem(drift: Drift): string {
  const { message, stored, present, help } = makeDriftText(drift, code)
  const sums = present === undefined ? [`stored ${stored}`] : [`stored ${stored}`, `present ${present}`]
  return `- ${message}\n${sums.map((sum) => `  - ${sum}\n`).join('')}  - **Way out:** ${help}\n`
}

function atomicityItem({ name, atomicity }: Outcome): string[] {
  return atomicity === undefined ? [] : [`- ${code(name)}: ${text(atomicity)}\n`]
}

function waitItem(outcome: Outcome): string[] {
  return wasInTheWay(outcome, code).map((words) => `- ${code(outcome.name)}: ${words}\n`)
}

function eventItem(event: HistoryEvent): string {
  const { executedAt, version, name, executionTimeMs, executedBy, environment } = event
  const facts = [
    text(executedAt),
    text(eventWord(event)),
    ...(version === '' ? [] : [code(name ?? version)]),
    ...(executionTimeMs === null ? [] : [renderDuration(executionTimeMs)]),
    ...(executedBy === null ? [] : [`by ${text(executedBy)}`]),
    ...(environment === null ? [] : [`on ${code(environment)}`]),
    ...eventProof(event, text),
    ...(event.approvalComment ? [`approval: ${text(cutText(event.approvalComment, 300))}`] : []),
    ...(event.forced === null ? [] : [`forced ${text(event.forced)}`]),
    ...[event.detail, event.errorMessage].flatMap((said) =>
      said === null ? [] : [text(cutText(said, 300))],
    ),
  ]
  return `- ${facts.join(' · ')}\n`
}

function appliedItem({ version, name, appliedAt, thisRun }: AppliedEntry): string {
  const when = thisRun ? 'in this run' : text(appliedAt ?? 'at an unknown time')
  return `- ${code(version)} ${code(name)} ${when}\n`
}

function targetSection({ target, plan, approval, directory }: Report): Section[] {
  const items = [
    ...(directory === '' ? [] : [`- Migrations: ${code(directory)}\n`]),
    ...(target === undefined
      ? []
      : [
          `- Target: database ${code(target.database)} at ${code(`${target.host}:${target.port}`)} as ${renderUser(target, code)}\n`,
          `- Server: PostgreSQL ${code(target.serverVersion)}, TLS ${target.tls}\n`,
          `- Tracking: ${code(`${target.tracking.schema}.${target.tracking.table}`)} (${target.tracking.version === 'absent' ? 'not there yet' : `version ${target.tracking.version}`})\n`,
        ]),
    ...(plan?.hash === undefined ? [] : [`- Plan hash: ${code(plan.hash)}\n`]),
    ...(approval === undefined ? [] : [`- Approved by ${makeApprovalText(approval, code)}\n`]),
  ]
  if (items.length === 0) return []
  const head = '\n<details><summary>Target, tracking, plan</summary>\n\n'
  return [{ rank: 8, head, items, tail: '\n</details>\n', more: () => '' }]
}
