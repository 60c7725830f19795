import type { Finding, SuppressedFinding } from '../model/finding.js'
import type { Report } from '../model/report.js'
import { countSeverities } from './finding-counts.js'
import { type Detail, makeFindingDetails } from './finding-details.js'
import { cutText, logLine, logText } from './foreign-text.js'
import { frameLines } from './frame-lines.js'
import { compareFindings, type FileFindings, findingsBesideDrift, groupFindings } from './group-findings.js'
import { labelled } from './labelled.js'
import type { Colour, Paint } from './paint.js'
import { renderPlace } from './place.js'

/** Of more findings, the worst; the report in JSON and SARIF have all. */
const FINDINGS_SHOWN = 200

/** Findings file by file, each with its line, carets, the way out and, the first time, why its rule is there. */
export function findingLines(report: Report, paint: Paint): string[] {
  const all = findingsBesideDrift(report)
  const left = all.length - FINDINGS_SHOWN
  const shown = left > 0 ? all.toSorted(compareFindings).slice(0, FINDINGS_SHOWN) : all
  return [...groupLines(groupFindings(shown), report, paint), ...moreLines(left, 'findings', paint)]
}

function moreLines(left: number, what: string, paint: Paint): string[] {
  return left > 0 ? ['', paint('bold', `… and ${left} more ${what}, which the report in JSON names`)] : []
}

function groupLines(groups: readonly FileFindings[], report: Report, paint: Paint): string[] {
  const told = new Set<string>()
  return groups.flatMap((group, index) => [
    ...(index === 0 ? [] : ['']),
    ...headLines(group, paint),
    ...group.findings.flatMap((finding) => [
      ...verdictLines(finding, paint),
      ...makeFindingDetails(finding, { actor: report.actor, told }).flatMap((one) => detailLines(one, paint)),
    ]),
  ])
}

/** What was found and said to be fine, a line each, with the reason. */
export function suppressedLines({ suppressed }: Report, paint: Paint): string[] {
  if (suppressed.length === 0) return []
  const line = ({ rule, file, position, reason }: SuppressedFinding) =>
    `  ${placeOf(file, position)}${logLine(rule)}: ${logLine(cutText(reason, 500))}`
  return [
    paint('bold', `Suppressed (${suppressed.length})`),
    ...suppressed.slice(0, FINDINGS_SHOWN).map(line),
    ...moreLines(suppressed.length - FINDINGS_SHOWN, 'suppressed findings', paint),
  ]
}

const colours: Readonly<Record<Finding['severity'], Colour>> = {
  error: 'red',
  warning: 'yellow',
  notice: 'cyan',
}

function headLines({ file, findings }: FileFindings, paint: Paint): string[] {
  if (file === undefined || findings.length === 1) return []
  return [`${paint('bold', logLine(cutText(file, 500)))}: ${countSeverities(findings).join(', ')}`]
}

function verdictLines({ rule, severity, file, position, message, excerpt }: Finding, paint: Paint): string[] {
  return [
    `${paint(colours[severity], severity)} ${placeOf(file, position)}${paint('dim', logLine(rule))}`,
    ...labelled('', message),
    ...(excerpt === undefined ? [] : frameLines(excerpt, position, paint)),
  ]
}

function detailLines({ label, text, kind }: Detail, paint: Paint): string[] {
  if (kind === 'prose') return labelled(label, text)
  if (kind === 'link') return labelled(label, text).map((line) => paint('dim', line))
  const lines = logText(cutText(text, 4000)).split('\n')
  return [`  ${label}:`, ...lines.map((line) => `    ${paint('green', line)}`)]
}

function placeOf(file: string | undefined, position: Finding['position']): string {
  return file === undefined ? '' : `${logLine(renderPlace(file, position))} `
}
