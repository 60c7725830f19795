/** A part of a document that can be shown with fewer of its items. */
export interface Section {
  /** Lower ranks get room first. Rank 0 is always shown whole. */
  readonly rank: number
  readonly head: string
  readonly items: readonly string[]
  readonly tail: string
  /** The line that stands for items left out. */
  readonly more: (count: number) => string
}

const encoder = new TextEncoder()

/** UTF-8 bytes, which GitHub's limits count. */
export function byteLength(text: string): number {
  return encoder.encode(text).length
}

/** Sections joined in their order within `limitBytes`: what ranks last loses its items, then itself, first. */
export function fitSections(sections: readonly Section[], limitBytes: number): string {
  const note = '\n_Some sections did not fit here; the JSON report holds everything._\n'
  let room = limitBytes - byteLength(note)
  const shown = new Map<Section, string>()
  for (const section of sections.toSorted((a, b) => a.rank - b.rank)) {
    const text = section.rank === 0 ? whole(section) : fitSection(section, room)
    if (text === undefined) continue
    shown.set(section, text)
    room -= byteLength(text)
  }
  const missing = shown.size < sections.length
  const text = sections.map((section) => shown.get(section) ?? '').join('')
  return missing && byteLength(text) + byteLength(note) <= limitBytes ? text + note : text
}

/** A section with all its items. */
export function whole(section: Section): string {
  return section.head + section.items.join('') + section.tail
}

/** A section with as many items as fit into `room` bytes, and the line for the rest; undefined where not even that fits. */
export function fitSection(section: Section, room: number): string | undefined {
  const { head, items, tail, more } = section
  let left = room - byteLength(head) - byteLength(tail) - byteLength(more(items.length))
  if (left < 0) return undefined
  let count = 0
  for (const item of items) {
    left -= byteLength(item)
    if (left < 0) break
    count += 1
  }
  if (count === items.length) return whole(section)
  return head + items.slice(0, count).join('') + more(items.length - count) + tail
}
