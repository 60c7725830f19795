import type { Finding, SuppressedFinding } from '../model/finding.js'
import type { Report } from '../model/report.js'
import { type Detail, makeFindingDetails } from './finding-details.js'
import type { Section } from './fit-sections.js'
import { folded } from './folded.js'
import { cutText, markdownBlock, markdownCode, markdownProse } from './foreign-text.js'
import { findingsBesideDrift, groupFindings } from './group-findings.js'
import { markdownFrame } from './markdown-frame.js'
import { renderPlace } from './place.js'

/** Findings by severity, and of each severity by file: errors open, the rest folded, what was suppressed last. */
export function makeFindingSections(report: Report): Section[] {
  const told = new Set<string>()
  const findings = findingsBesideDrift(report)
  const items = (severity: Finding['severity']) =>
    groupFindings(findings.filter((finding) => finding.severity === severity)).flatMap((group) =>
      group.findings.map((finding, index) => findingItem(finding, index === 0, report.actor, told)),
    )
  return [
    ...forcedSection(report),
    ...folded(5, '❌ Errors', items('error'), true),
    ...folded(6, '⚠️ Warnings', items('warning')),
    ...folded(9, 'ℹ️ Notices', items('notice')),
    ...folded(9, 'Suppressed', report.suppressed.map(suppressedItem)),
  ]
}

/** Whoever reads no further must see what somebody let pass. */
function forcedSection({ findings, actor }: Report): Section[] {
  const forced = findings.filter(({ force }) => force === 'used')
  if (forced.length === 0) return []
  const by = actor === undefined ? '' : ` by ${code(actor)}`
  const items = forced.map(({ rule, file, position, message }) => {
    return `- ${placeOf(file, position)}${prose(message)} (${code(rule)})\n`
  })
  const more = (count: number) => `- and ${count} more\n`
  return [{ rank: 2, head: `\n### Forced${by}\n\n`, items, tail: '', more }]
}

function findingItem(
  finding: Finding,
  isFirstOfFile: boolean,
  actor: string | undefined,
  told: Set<string>,
): string {
  const { rule, severity, file, position, message, excerpt } = finding
  const lines = [
    ...(isFirstOfFile && file !== undefined ? [`#### ${code(file)}`] : []),
    `**${severity}** ${placeOf(file, position)}${prose(message)} (${code(rule)})`,
    ...(excerpt === undefined ? [] : [markdownFrame(cutText(excerpt, 2000), position)]),
    ...makeFindingDetails(finding, { actor, told }).map(renderDetail),
  ]
  return `${lines.join('\n\n')}\n\n`
}

function renderDetail({ label, text, kind }: Detail): string {
  if (kind === 'sql') return `${label}:\n\n${markdownBlock(cutText(text, 4000), 'sql')}`
  return kind === 'link' ? `[${label}](${text})` : `${label}: ${prose(text)}`
}

function suppressedItem({ rule, file, position, reason }: SuppressedFinding): string {
  return `- ${placeOf(file, position)}${code(rule)}: ${prose(cutText(reason, 500))}\n`
}

function placeOf(file: string | undefined, position: Finding['position']): string {
  return file === undefined ? '' : `${code(renderPlace(file, position))} `
}

function prose(foreign: string): string {
  return markdownProse(cutText(foreign, 2000))
}

function code(foreign: string): string {
  return markdownCode(cutText(foreign, 300))
}
