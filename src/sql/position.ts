import type { Position, Span } from '../model/position.js'

/**
 * Where a span lies as people count: lines and columns from 1, the end inclusive, columns in code points. CRLF, a lone
 * CR and LF each end one line. An empty span is the one place where it starts.
 */
export function positionOf(text: string, span: Span): Position {
  const start = positionAt(text, span.start)
  const end = span.end > span.start ? positionAt(text, lastOffset(text, span)) : start
  return { line: start.line, column: start.column, endLine: end.endLine, endColumn: end.endColumn }
}

/** The one character at a UTF-16 offset. An offset past the end is the place just after the last character. */
export function positionAt(text: string, offset: number): Position {
  const at = wholeCharacter(text, Math.max(0, Math.min(offset, text.length)))
  const { line, start } = text.length > LONG_TEXT ? countLines(text, at) : findLine(text, at)
  const column = codePointOffset(text.slice(start, at), at - start) + 1
  return { line, column, endLine: line, endColumn: column }
}

/** Characters (code points) before a UTF-16 offset. The server's `position` is this plus one. */
export function codePointOffset(text: string, offset: number): number {
  const end = Math.min(offset, text.length)
  let count = 0
  for (let at = 0; at < end; at += widthAt(text, at)) count++
  return count
}

/** The UTF-16 offset that a number of characters (code points) reaches; at most the text's length. */
export function offsetFromCodePoints(text: string, count: number): number {
  let at = 0
  for (let left = count; left > 0 && at < text.length; left--) at += widthAt(text, at)
  return at
}

/**
 * Turns ascending UTF-8 byte offsets (`stmt_location` and every `location` in a tree) into UTF-16 offsets, in time
 * linear in the text for any number of calls. A smaller offset than the one before is counted from the start again.
 */
export function byteOffsets(text: string): (bytes: number) => number {
  let seen = 0
  let at = 0
  return (bytes) => {
    if (bytes < seen) seen = at = 0
    while (seen < bytes && at < text.length) {
      seen += bytesAt(text, at)
      at += widthAt(text, at)
    }
    return at
  }
}

function lastOffset(text: string, span: Span): number {
  return Math.max(span.start, wholeCharacter(text, Math.min(span.end, text.length) - 1))
}

function wholeCharacter(text: string, offset: number): number {
  return offset > 0 && widthAt(text, offset - 1) === 2 ? offset - 1 : offset
}

/** The starts of all lines of a longer text would need as much memory again. */
const LONG_TEXT = 1024 * 1024

interface Line {
  readonly line: number
  readonly start: number
}

// Positions are asked for in ascending order mostly, so counting goes on from the last.
let counted: Line & { readonly text: string } = { text: '', line: 1, start: 0 }

function countLines(text: string, at: number): Line {
  const again = counted.text !== text || counted.start > at
  let { line, start } = again ? { line: 1, start: 0 } : counted
  const lineEnd = /\r\n|\r|\n/g
  lineEnd.lastIndex = start
  while (lineEnd.exec(text) && lineEnd.lastIndex <= at) {
    start = lineEnd.lastIndex
    line++
  }
  counted = { text, line, start }
  return counted
}

function findLine(text: string, at: number): Line {
  const starts = lineStarts(text)
  const index = lastAtMost(starts, at)
  return { line: index + 1, start: starts[index] ?? 0 }
}

let known: { text: string; starts: readonly number[] } = { text: '', starts: [0] }

// Many positions are asked of one text in a row: its line starts are found once.
function lineStarts(text: string): readonly number[] {
  if (known.text !== text) {
    const after = Array.from(text.matchAll(/\r\n|\r|\n/g), (end) => end.index + end[0].length)
    known = { text, starts: [0].concat(after) }
  }
  return known.starts
}

function lastAtMost(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

function widthAt(text: string, offset: number): 1 | 2 {
  return (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1
}

function bytesAt(text: string, offset: number): number {
  const code = text.codePointAt(offset) ?? 0
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code > 0xffff ? 4 : 3
}
