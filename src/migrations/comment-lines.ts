import type { Span } from '../model/position.js'
import type { Piece } from '../sql/lex.js'
import { lexScript, type ScriptPiece } from '../sql/lex-script.js'

/** One line of a comment. */
export interface CommentLine {
  /** Without the comment's own signs and the white space around. */
  readonly text: string
  readonly span: Span
  /** Before the first statement. */
  readonly inHead: boolean
}

/**
 * The lines of the comments before the first statement; and of all comments where `beyond` is found in the text behind
 * it, so that an ordinary file is not read to its end.
 */
export function* commentLines(text: string, beyond: RegExp): Generator<CommentLine> {
  let inHead = true
  for (const piece of lexScript(text)) {
    if (piece.kind === 'line-comment') yield { ...lineOf(text, piece.start + 2, piece.end), inHead }
    else if (piece.kind === 'block-comment') yield* blockLines(text, piece, inHead)
    else if (inHead && !BEFORE_STATEMENTS.has(piece.kind)) {
      inHead = false
      if (!beyond.test(text.slice(piece.start))) return
    }
  }
}

const BEFORE_STATEMENTS = new Set<ScriptPiece['kind']>(['space', 'semicolon', 'psql-command'])

function* blockLines(
  text: string,
  { start, end, closed }: Omit<Piece, 'kind'>,
  inHead: boolean,
): Generator<CommentLine> {
  const inner = { start: start + 2, end: closed ? end - 2 : end }
  let from = inner.start
  for (const { index, 0: lineEnd } of text.slice(inner.start, inner.end).matchAll(/\r\n|\r|\n|$/g)) {
    const to = inner.start + index
    yield { ...lineOf(text, from, to), inHead }
    from = to + lineEnd.length
  }
}

function lineOf(text: string, start: number, end: number): { text: string; span: Span } {
  const line = text.slice(start, end)
  const content = line.replace(/^[\s*-]+/, '')
  return {
    text: content.trimEnd(),
    span: { start: start + line.length - content.length, end: start + line.trimEnd().length },
  }
}
