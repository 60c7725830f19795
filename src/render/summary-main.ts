import type { Report } from '../model/report.js'
import { makeAdvice } from './advice.js'
import { renderDuration } from './duration.js'
import type { Section } from './fit-sections.js'
import { cutText, markdownBlock, markdownCode, markdownProse, markdownText } from './foreign-text.js'
import { makeRows, type Row, rowWords } from './rows.js'
import { makeGraphSection } from './summary-graph.js'
import { makeOperationSection } from './summary-operation.js'
import { makeRehearsalSection } from './summary-rehearsal.js'
import { makeSidesSection } from './summary-sides.js'

/**
 * What stands open below the verdict: what is wrong, the plan, where it was rehearsed, what to do next.
 *
 * @param facts more that the rehearsal showed
 */
export function makeMainSections(report: Report, facts: readonly Section[] = []): Section[] {
  return [
    ...problems(report),
    ...makeGraphSection(report),
    ...makeOperationSection(report),
    ...table(report),
    ...makeSidesSection(report),
    ...makeRehearsalSection(report),
    ...facts,
    ...next(report),
  ]
}

function problems(report: Report): Section[] {
  if (report.problems.length === 0) return []
  const items = report.problems.map(
    ({ message, help, lines }) =>
      `- ${markdownText(cutText(message, 2000))}\n  **Way out:** ${markdownText(cutText(help, 2000))}\n${block(lines)}`,
  )
  const more = (count: number) => `- and ${count} more\n`
  return [{ rank: 1, head: '\n### What is wrong\n\n', items, tail: '', more }]
}

/** Lines to be copied stand on their own. */
function block(lines: string | undefined): string {
  return lines === undefined ? '' : `\n${markdownBlock(lines, 'yaml')}\n\n`
}

function next(report: Report): Section[] {
  const { operation } = report
  const sentences = operation ? (operation.next ?? []).map(markdownProse) : makeAdvice(report, quote)
  const items = sentences.map((sentence) => `- ${sentence}\n`)
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

function quote(foreign: string): string {
  return markdownCode(cutText(foreign, 200))
}
