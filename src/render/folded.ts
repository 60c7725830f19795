import type { Section } from './fit-sections.js'

/** A section of a summary behind its title and count, open or not; nothing where there is nothing in it. */
export function folded(rank: number, title: string, items: readonly string[], open = false): Section[] {
  if (items.length === 0) return []
  const head = `\n<details${open ? ' open' : ''}><summary>${title} (${items.length})</summary>\n\n`
  return [{ rank, head, items, tail: '\n</details>\n', more: (count) => `\n- and ${count} more\n` }]
}
