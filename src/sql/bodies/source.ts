import type { Span } from '../../model/position.js'

/** SQL that stands in a file, perhaps between quotes or put together from several places of it. UTF-16 offsets. */
export interface Source {
  readonly text: string
  /** Where in the file a character of the text stands. */
  offsetOf(at: number): number
  /** Where in the file a stretch of the text stands: from its first character to behind its last. */
  spanOf(span: Span): Span
}

/** A run of characters of a source, in order of its text. */
export interface Part {
  readonly text: string
  /** Of the outer source. */
  readonly from: number
  /** How much of the outer source it stands for: 2 for a doubled quote, 0 for what is not written there. */
  readonly width: number
}

export function fileSource(text: string): Source {
  return { text, offsetOf: (at) => at, spanOf: (span) => span }
}

/** A text whose own place is not known: all of it is where a stretch of the file is. */
export function pinnedSource(text: string, place: Span): Source {
  return { text, offsetOf: () => place.start, spanOf: () => place }
}

/** A text made of runs of another source. */
export function composeSource(outer: Source, parts: readonly Part[]): Source {
  const starts: number[] = []
  let length = 0
  for (const part of parts) {
    starts.push(length)
    length += part.text.length
  }
  const partAt = (at: number) => {
    const index = lastAtMost(starts, Math.max(0, at))
    const { text, from, width } = parts[index] ?? { text: '', from: 0, width: 0 }
    return { at: at - (starts[index] ?? 0), length: text.length, from, width }
  }
  const offsetOf = (at: number) => {
    const part = partAt(at)
    return outer.offsetOf(part.from + Math.min(part.at, part.width))
  }
  const spanOf = ({ start, end }: Span) => {
    const first = partAt(start)
    const last = partAt(Math.max(start, end - 1))
    const behind = last.at + 1 === last.length ? last.width : Math.min(last.at + 1, last.width)
    return outer.spanOf({ start: first.from + Math.min(first.at, first.width), end: last.from + behind })
  }
  return { text: parts.map(({ text }) => text).join(''), offsetOf, spanOf }
}

/** Several sources, one behind the other. */
export function joinSources(sources: readonly Source[]): Source {
  const [first] = sources
  if (sources.length === 1 && first) return first
  const ends: number[] = []
  for (const { text } of sources) ends.push((ends.at(-1) ?? 0) + text.length)
  const at = (offset: number) => {
    const index = ends.findIndex((end) => offset < end)
    const found = index === -1 ? sources.length - 1 : index
    return { source: sources[found] ?? fileSource(''), offset: offset - (ends[found - 1] ?? 0) }
  }
  const spanOf = ({ start, end }: Span) => {
    const from = at(start)
    const to = at(Math.max(start, end - 1))
    const first = from.source.spanOf({ start: from.offset, end: from.offset + 1 })
    const last = to.source.spanOf({ start: to.offset, end: to.offset + 1 })
    return last.end > first.start ? { start: first.start, end: last.end } : first
  }
  const offsetOf = (offset: number) => {
    const found = at(offset)
    return found.source.offsetOf(found.offset)
  }
  return { text: sources.map(({ text }) => text).join(''), offsetOf, spanOf }
}

function lastAtMost(starts: readonly number[], at: number): number {
  let low = 0
  let high = Math.max(0, starts.length - 1)
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= at) low = middle
    else high = middle - 1
  }
  return low
}
