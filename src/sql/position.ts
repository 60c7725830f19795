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

/** Back from where people count: the span whose position it is. */
export function spanOf(text: string, { line, column, endLine, endColumn }: Position): Span {
  return {
    start: offsetInLine(text, lineSpan(text, line).start, column - 1),
    end: offsetInLine(text, lineSpan(text, endLine).start, endColumn),
  }
}

/** The one character at a UTF-16 offset. An offset past the end is the place just after the last character. */
export function positionAt(text: string, offset: number): Position {
  const at = wholeCharacter(text, Math.max(0, Math.min(offset, text.length)))
  const { line, start } =
    text.length > LONG_TEXT ? countLines(text, (each) => each.start <= at) : findLine(text, at)
  const column = advance(text, start, 'at', at).column + 1
  return { line, column, endLine: line, endColumn: column }
}

/** Where a line begins and, without its line end, ends. */
export function lineSpan(text: string, line: number): Span {
  if (text.length <= LONG_TEXT) {
    const starts = lineStarts(text)
    const start = starts[line - 1] ?? text.length
    return { start, end: withoutEnd(text, start, starts[line] ?? text.length) }
  }
  const { start, end } = countLines(text, (each) => each.line <= line)
  return { start, end }
}

function withoutEnd(text: string, start: number, next: number): number {
  let end = next
  while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--
  return end
}

/** The offset that a number of characters (code points) behind the start of a line reaches; at most the text's length. */
export function offsetInLine(text: string, lineStart: number, count: number): number {
  return advance(text, lineStart, 'column', count).at
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
 * Turns UTF-8 byte offsets (`stmt_location` and every `location` in a tree) into UTF-16 offsets. It counts from the one
 * asked for before, forwards or back, so statement by statement the time is linear in the text.
 */
export function byteOffsets(text: string): (bytes: number) => number {
  let seen = 0
  let at = 0
  return (bytes) => {
    while (seen > bytes && at > 0) {
      at = wholeCharacter(text, at - 1)
      seen -= bytesAt(text, at)
    }
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

const LINE_END = /\r\n|\r|\n/g

interface WholeLine extends Line {
  readonly text: string
  /** Without its line end. */
  readonly end: number
  /** Where the next line starts; absent after the last. */
  readonly next: number | undefined
}

// Positions are asked for in ascending order mostly, so counting goes on from the last.
let counted: WholeLine = { text: '', line: 1, start: 0, end: 0, next: undefined }

/** The last line for which it holds. */
function countLines(text: string, holds: (line: Line) => boolean): WholeLine {
  let last = counted.text === text && holds(counted) ? counted : readLine(text, { line: 1, start: 0 })
  while (last.next !== undefined) {
    const next = { line: last.line + 1, start: last.next }
    if (!holds(next)) break
    last = readLine(text, next)
  }
  counted = last
  return last
}

function readLine(text: string, { line, start }: Line): WholeLine {
  LINE_END.lastIndex = start
  const found = LINE_END.exec(text)
  return {
    text,
    line,
    start,
    end: found?.index ?? text.length,
    next: found ? LINE_END.lastIndex : undefined,
  }
}

interface Reached {
  /** UTF-16 offset in the text. */
  readonly at: number
  /** Code points since the start of the line. */
  readonly column: number
}

// A dump can be one line of megabytes with thousands of findings.
let reached: Reached & { readonly text: string; readonly start: number } = {
  text: '',
  start: 0,
  at: 0,
  column: 0,
}

/** Goes to an offset or a column of a line, character by character, from where it was last or the line's start. */
function advance(text: string, start: number, by: 'at' | 'column', to: number): Reached {
  const goesOn = reached.start === start && reached.text === text
  let next: Reached = goesOn ? reached : { at: start, column: 0 }
  while (next[by] > to && next.at > start) {
    const at = wholeCharacter(text, next.at - 1)
    next = { at, column: next.column - 1 }
  }
  while (next[by] < to && next.at < text.length)
    next = { at: next.at + widthAt(text, next.at), column: next.column + 1 }
  reached = { text, start, ...next }
  return next
}

function findLine(text: string, at: number): Line {
  const starts = lineStarts(text)
  const index = lastAtMost(starts, at)
  return { line: index + 1, start: starts[index] ?? 0 }
}

interface Starts {
  readonly text: string
  readonly starts: readonly number[]
}

// Some texts are asked for in turn.
let known: readonly Starts[] = []

// Many positions are asked of one text in a row: its line starts are found once.
function lineStarts(text: string): readonly number[] {
  const found = known.find((each) => each.text === text)
  if (found) return found.starts
  LINE_END.lastIndex = 0
  const after = Array.from(text.matchAll(LINE_END), (end) => end.index + end[0].length)
  const starts = [0].concat(after)
  known = [{ text, starts }, ...known.slice(0, 1)]
  return starts
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
