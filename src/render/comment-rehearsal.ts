import type { MeasuredDrop } from '../model/measured.js'
import type { Report } from '../model/report.js'
import type { Section } from './fit-sections.js'
import { cutText, markdownCode, markdownText } from './foreign-text.js'
import { describeObjects } from './measured-text.js'
import { describeSize, sizesByRelation } from './relation-sizes.js'

/** So many are named; the file's own table, which is folded, has more. */
const MOST_NAMES = 10

/** What of a rehearsal must not be overlooked in a review: what would be rewritten, and what would go with a CASCADE. */
export function makeRehearsalFacts(report: Report): Section[] {
  const lines = [...rewrittenLine(report), ...victimsLine(report)]
  if (lines.length === 0) return []
  return [{ rank: 2, head: `\n${lines.join('')}`, items: [], tail: '', more: () => '' }]
}

function rewrittenLine(report: Report): string[] {
  const sizes = sizesByRelation(report)
  const rewritten = new Set(statementsOf(report).flatMap((measured) => measured.rewritten))
  if (rewritten.size === 0) return []
  const bytesOf = (relation: string) => sizes.get(relation)?.bytes ?? 0
  const named = [...rewritten]
    .toSorted((a, b) => bytesOf(b) - bytesOf(a))
    .slice(0, MOST_NAMES)
    .map((relation) => {
      const size = describeSize(sizes.get(relation))
      return size === '' ? code(relation) : `${code(relation)} (${size})`
    })
  const more = rewritten.size - named.length
  return [`- **Rewritten:** ${[...named, ...(more === 0 ? [] : [`and ${more} more`])].join(', ')}\n`]
}

function victimsLine(report: Report): string[] {
  const victims = statementsOf(report).flatMap(({ dropped }) => dropped.filter(isVictim))
  if (victims.length === 0) return []
  const named = describeObjects(victims, MOST_NAMES, { code, prose: markdownText })
  return [`- **Gone with a \`CASCADE\`:** ${named}\n`]
}

function isVictim({ cascaded }: MeasuredDrop): boolean {
  return cascaded
}

function statementsOf({ rehearsal }: Report) {
  return rehearsal.flatMap(({ measured = [] }) => measured)
}

function code(foreign: string): string {
  return markdownCode(cutText(foreign, 200))
}
