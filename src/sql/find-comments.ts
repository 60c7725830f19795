import type { Span } from '../model/position.js'
import { gapsWithin } from './blank-continuations.js'
import { lex, type Piece } from './lex.js'
import { isGap } from './lex-script.js'

/**
 * The comments of a text that mean no more to the server than a space: all but those in a quote, which are none, those
 * that are never closed, and a block comment which keeps two strings apart that white space would make one.
 */
export function* findComments(text: string): Generator<Span> {
  let gap: Piece[] = []
  let before: Piece | undefined
  for (const piece of lex(text)) {
    if (isGap(piece)) {
      if (piece.closed && piece.kind !== 'space') gap.push(piece)
      continue
    }
    if (before?.kind !== 'string' || text[piece.start] !== "'" || !gap.some(isBlock)) yield* gap
    // The parts of these are one piece.
    if (piece.kind === 'string' && piece.closed && text[piece.start] !== "'") yield* gapsWithin(text, piece)
    gap = []
    before = piece
  }
  yield* gap
}

function isBlock({ kind }: Piece): boolean {
  return kind === 'block-comment'
}
