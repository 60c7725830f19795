import { byteLength, fitSection, type Section, whole } from './fit-sections.js'

/** Of what stands open, so that no list pushes everything else out. */
const MOST_ITEMS = 100

/**
 * Sections joined in their order within `limitBytes`, and below them what is missing. What is folded is there whole or not
 * at all, for half of it would look like all; what stands open loses its last items and says how many.
 *
 * @param renderMissing a line from the titles of sections that are left out or cut short
 */
export function fitComment(
  sections: readonly Section[],
  limitBytes: number,
  renderMissing: (titles: readonly string[]) => string,
): string {
  let room = limitBytes - byteLength(renderMissing(sections.map(titleOf)))
  const shown = new Map<Section, string>()
  for (const section of sections.toSorted((a, b) => a.rank - b.rank)) {
    const text = section.rank === 0 ? whole(section) : shrink(section, room)
    if (text === undefined) continue
    shown.set(section, text)
    room -= byteLength(text)
  }
  const missing = sections.filter((section) => shown.get(section) !== whole(section))
  const text = sections.map((section) => shown.get(section) ?? '').join('')
  return missing.length === 0 ? text : text + renderMissing(missing.map(titleOf))
}

function shrink(section: Section, room: number): string | undefined {
  if (!section.head.includes('<details><summary>')) return fitSection(bounded(section), room)
  const text = whole(section)
  return byteLength(text) <= room ? text : undefined
}

function bounded(section: Section): Section {
  const { items, tail, more } = section
  const left = items.length - MOST_ITEMS
  if (left <= 0) return section
  return {
    ...section,
    items: items.slice(0, MOST_ITEMS),
    tail: more(left) + tail,
    more: (count) => more(count + left),
  }
}

/** As its own head has it, in Markdown. */
function titleOf({ head }: Section): string {
  const [, folded, open, label] = /<summary>(.*?)<\/summary>|^### (.+)$|^- \*\*(.+?):\*\*/m.exec(head) ?? []
  return folded ?? open ?? label ?? 'Migrations'
}
