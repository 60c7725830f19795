import type { Report } from '../model/report.js'
import { makeAdvice } from './advice.js'
import { renderDuration } from './duration.js'
import { renderCounts } from './finding-counts.js'
import { fitSections, type Section } from './fit-sections.js'
import { cutText, markdownCode, markdownText } from './foreign-text.js'
import { makeHeadline } from './headline.js'
import { makeRows, type Row, rowWords } from './rows.js'
import { makeDetails } from './summary-details.js'
import { makeGraphSection } from './summary-graph.js'

/**
 * GitHub-flavoured Markdown for the job summary: the verdict, one table, everything else folded. GitHub drops a
 * summary above 1 MiB whole, so it stays within `limitBytes` of UTF-8 by leaving out details, then table rows.
 */
export function renderSummary(report: Report, limitBytes = 1_000_000): string {
  return fitSections(
    [
      verdict(report),
      ...problems(report),
      ...makeGraphSection(report),
      ...table(report),
      ...next(report),
      ...makeDetails(report),
    ],
    limitBytes,
  )
}

function quote(foreign: string): string {
  return markdownCode(cutText(foreign, 200))
}

function verdict(report: Report): Section {
  const { icon, text } = makeHeadline(report, quote)
  const counts = renderCounts(report)
  const facts = [
    `Command ${quote(report.command)}`,
    `environment ${quote(report.environment)}`,
    `status **${report.status}**`,
    ...(report.dryRun ? ['dry run'] : []),
    renderDuration(report.durationMs),
    ...(counts === '' ? [] : [`**${counts}**`]),
  ]
  return {
    rank: 0,
    head: `## ${icon} ${text}\n\n${facts.join(' · ')}\n`,
    items: [],
    tail: '',
    more: () => '',
  }
}

function problems(report: Report): Section[] {
  if (report.problems.length === 0) return []
  const items = report.problems.map(
    ({ message, help }) =>
      `- ${markdownText(cutText(message, 2000))}\n  **Way out:** ${markdownText(cutText(help, 2000))}\n`,
  )
  const more = (count: number) => `- and ${count} more\n`
  return [{ rank: 1, head: '\n### What is wrong\n\n', items, tail: '', more }]
}

function next(report: Report): Section[] {
  const items = makeAdvice(report, quote).map((sentence) => `- ${sentence}\n`)
  if (items.length === 0) return []
  return [{ rank: 2, head: '\n### What to do next\n\n', items, tail: '', more: () => '' }]
}

function table(report: Report): Section[] {
  const rows = makeRows(report)
  if (rows.length === 0) return []
  const head = '\n| Version | Name | State | Mode | Time |\n| :-- | :-- | :-- | :-- | --: |\n'
  const more = (count: number) => `| … | and ${count} more | | | |\n`
  return [{ rank: 4, head, items: rows.map(tableRow), tail: '', more }]
}

function tableRow(row: Row): string {
  const { icon, word } = rowWords[row.state]
  const state = row.outOfOrder ? `${icon} ${word} (out of order)` : `${icon} ${word}`
  const time = row.durationMs === undefined ? '' : renderDuration(row.durationMs)
  return `| ${quote(row.version)} | ${quote(row.name)} | ${state} | ${row.mode} | ${time} |\n`
}
