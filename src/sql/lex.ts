export type PieceKind =
  | 'space'
  | 'line-comment'
  | 'block-comment'
  | 'string'
  | 'dollar-string'
  | 'quoted-name'
  | 'word'
  | 'semicolon'
  | 'other'

/** A stretch of SQL text, UTF-16 offsets. */
export interface Piece {
  readonly kind: PieceKind
  readonly start: number
  readonly end: number
  /** False for a quote or comment that the text ends in the middle of. */
  readonly closed: boolean
}

/**
 * Cuts SQL into pieces that together are the whole text: enough to know what is a comment and what is quoted, in text
 * that the real parser may refuse. It follows the server's `scan.l` with `standard_conforming_strings` on and never
 * throws. It does not know statements: a semicolon inside `BEGIN ATOMIC … END` is a semicolon.
 */
export function* lex(text: string, from = 0): Generator<Piece> {
  let start = from
  while (start < text.length) {
    const piece = pieceAt(text, start)
    yield piece
    start = piece.end
  }
}

function pieceAt(text: string, start: number): Piece {
  const two = text.slice(start, start + 2)
  if (two === '--') return closed('line-comment', start, next(LINE_END, text, start))
  if (two === '/*') return blockComment(text, start)
  if (two === "e'" || two === "E'") return escapeString(text, start)
  switch (two[0]) {
    case "'":
      return quoted('string', text, start)
    case '"':
      return quoted('quoted-name', text, start)
    case '$':
      return dollarString(text, start)
    case ';':
      return closed('semicolon', start, start + 1)
  }
  const space = next(NO_SPACE, text, start)
  if (space > start) return closed('space', start, space)
  const word = wordEnd(text, start)
  return word > start ? closed('word', start, word) : closed('other', start, start + 1)
}

// Each pattern matches one character and is searched for: a repetition would need memory for each character.
const LINE_END = /[\n\r]/g
const NO_SPACE = /[^ \t\n\r\f\v]/g
const NAME_START = /[A-Za-z_\u0080-\uffff]/
const NO_NAME = /[^\w$\u0080-\uffff]/g
const NO_TAG = /[^\w\u0080-\uffff]/g
const NO_DIGIT = /\D/g

function next(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.exec(text)?.index ?? text.length
}

function closed(kind: PieceKind, start: number, end: number): Piece {
  return { kind, start, end, closed: true }
}

// Numbers stop before a `$`, names do not: `1$$a$$` holds a dollar quote, `a1$$a$$` does not.
function wordEnd(text: string, start: number): number {
  return NAME_START.test(text[start] ?? '') ? next(NO_NAME, text, start) : next(NO_DIGIT, text, start)
}

function quoted(kind: PieceKind, text: string, start: number): Piece {
  const quote = text[start] ?? ''
  let end = text.indexOf(quote, start + 1)
  while (end !== -1 && text[end + 1] === quote) end = text.indexOf(quote, end + 2)
  return end === -1 ? unclosed(kind, text, start) : closed(kind, start, end + 1)
}

function unclosed(kind: PieceKind, text: string, start: number): Piece {
  return { kind, start, end: text.length, closed: false }
}

function escapeString(text: string, start: number): Piece {
  let at = start + 2
  while (true) {
    at = next(QUOTE_OR_BACKSLASH, text, at)
    if (at === text.length) return unclosed('string', text, start)
    if (text[at] === '\\' || text[at + 1] === "'") {
      at += 2
      continue
    }
    const again = continuation(text, at + 1)
    if (again === undefined) return closed('string', start, at + 1)
    at = again
  }
}

const QUOTE_OR_BACKSLASH = /['\\]/g

/**
 * After white space that holds a line end a string goes on, and keeps its kind. A comment to the end of its line is white
 * space there.
 *
 * @param from where a part of it has ended
 * @returns where the next part begins, behind its quote
 */
export function continuation(text: string, from: number): number | undefined {
  let at = from
  for (let before = -1; before !== at; ) {
    before = at
    at = next(NO_SPACE, text, at)
    if (text.startsWith('--', at)) at = next(LINE_END, text, at)
  }
  return text[at] === "'" && next(LINE_END, text, from) < at ? at + 1 : undefined
}

function dollarString(text: string, start: number): Piece {
  const body = next(NO_TAG, text, start + 1) + 1
  const tag = text.slice(start, body)
  if (!tag.endsWith('$') || tag.length < 2 || /^\$\d/.test(tag)) return closed('other', start, start + 1)
  const close = text.indexOf(tag, body)
  return close === -1
    ? unclosed('dollar-string', text, start)
    : closed('dollar-string', start, close + tag.length)
}

function blockComment(text: string, start: number): Piece {
  let depth = 0
  MARK.lastIndex = start
  for (let mark = MARK.exec(text); mark !== null; mark = MARK.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1
    if (depth === 0) return closed('block-comment', start, MARK.lastIndex)
  }
  return unclosed('block-comment', text, start)
}

const MARK = /\/\*|\*\//g
