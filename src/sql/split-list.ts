import type { Span } from '../model/position.js'
import { lex, type Piece } from './lex.js'

/**
 * The parts of a list in SQL text, cut at the commas that stand in no parentheses, each from its first token to its
 * last. An empty part is left out.
 *
 * @param within where the list stands, without what is before and behind it
 */
export function splitList(text: string, within: Span): Span[] {
  const parts: Span[] = []
  let depth = 0
  let part: Span | undefined
  for (const piece of tokens(text, within)) {
    const sign = text.slice(piece.start, piece.end)
    if (sign === ',' && depth === 0) {
      if (part) parts.push(part)
      part = undefined
      continue
    }
    if (OPENING.has(sign)) depth++
    if (CLOSING.has(sign)) depth--
    part = { start: part?.start ?? piece.start, end: piece.end }
  }
  return part ? [...parts, part] : parts
}

/** What is no white space and no comment. */
export function* tokens(text: string, { start, end }: Span): Generator<Piece> {
  for (const piece of lex(text.slice(0, end), start)) if (!NO_TOKEN.has(piece.kind)) yield piece
}

const NO_TOKEN: ReadonlySet<Piece['kind']> = new Set(['space', 'line-comment', 'block-comment'])
const OPENING = new Set(['(', '['])
const CLOSING = new Set([')', ']'])
