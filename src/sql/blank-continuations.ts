import type { Span } from '../model/position.js'
import { blank } from './blank.js'
import { continuation, lex, type Piece } from './lex.js'

/**
 * The text with spaces in place of the comments that stand between the parts of one string: `'a' -- b`, and `'c'` on the
 * next line, is `'ac'` for the server, and two strings for the parser, which takes a comment for a token. Only what the
 * server skips there too is blanked, and every UTF-16 position stays true.
 *
 * @returns undefined where there is no such comment
 */
export function blankContinuations(text: string): string | undefined {
  if (!text.includes('--')) return undefined
  const gaps: Span[] = []
  for (const piece of lex(text)) {
    if (!piece.closed || piece.kind !== 'string') continue
    for (const gap of gapsOf(text, piece)) gaps.push(gap)
  }
  const commented = gaps.filter(({ start, end }) => text.slice(start, end).includes('--'))
  return commented.length === 0 ? undefined : blank(text, [], commented)
}

/** From the end of a part to the beginning of the next. Those of `E''` are one piece, those of all others a piece each. */
function gapsOf(text: string, piece: Piece): Span[] {
  return text[piece.start] === "'" ? gapAt(text, piece.end) : gapsWithin(text, piece)
}

/** Between the parts of an `E''`. */
export function gapsWithin(text: string, { start, end }: Piece): Span[] {
  const gaps: Span[] = []
  const quotes = /\\[\s\S]|''|'/g
  quotes.lastIndex = start + 2
  for (let found = quotes.exec(text); found && quotes.lastIndex < end; found = quotes.exec(text)) {
    if (found[0] !== "'") continue
    const [gap] = gapAt(text, quotes.lastIndex)
    if (gap === undefined) break
    gaps.push(gap)
    quotes.lastIndex = gap.end + 1
  }
  return gaps
}

function gapAt(text: string, start: number): Span[] {
  const behindQuote = continuation(text, start)
  return behindQuote === undefined ? [] : [{ start, end: behindQuote - 1 }]
}
