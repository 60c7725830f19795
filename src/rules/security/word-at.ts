import type { Span } from '../../model/position.js'

/** What a pattern (with the flag `y`) matches at an offset of a text; undefined: nothing, the place is not known well. */
export function wordAt(text: string, offset: number, pattern: RegExp): Span | undefined {
  const sticky = new RegExp(pattern.source, pattern.flags)
  sticky.lastIndex = offset
  const found = sticky.exec(text)
  return found ? { start: offset, end: offset + found[0].length } : undefined
}
