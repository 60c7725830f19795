import type { Span } from '../model/position.js'
import { blank } from './blank.js'
import { continuation, lex, type Piece } from './lex.js'

/**
 * The text with spaces in place of the comments that stand between the parts of one string: `'a' -- b`, and `'c'` on the
 * next line, is `'ac'` for the server, and two strings for the parser, which takes a comment for a token. Only what the
 * server skips there too is blanked, and every UTF-16 position stays true.
 *
 * @param inBodies in what stands between dollar quotes, too
 * @returns undefined where there is no such comment
 */
export function blankContinuations(text: string, inBodies = false): string | undefined {
  if (!text.includes('--')) return undefined
  const gaps: Span[] = []
  for (const piece of lex(text)) {
    if (!piece.closed) continue
    if (piece.kind === 'string') gaps.push(...gapsOf(text, piece))
    if (piece.kind === 'dollar-string' && inBodies) gaps.push(...gapsInBody(text, piece))
  }
  const commented = gaps.filter(({ start, end }) => text.slice(start, end).includes('--'))
  return commented.length === 0 ? undefined : blank(text, [], commented)
}

function* gapsInBody(text: string, { start, end }: Piece): Generator<Span> {
  const tag = text.indexOf('$', start + 1) + 1 - start
  const body = text.slice(0, end - tag)
  for (const piece of lex(body, start + tag))
    if (piece.kind === 'string' && piece.closed) yield* gapsOf(body, piece)
}

/** From the end of a part to the beginning of the next. Those of `E''` are one piece, those of all others a piece each. */
function gapsOf(text: string, piece: Piece): Span[] {
  return text[piece.start] === "'" ? gapAt(text, piece.end) : gapsWithin(text, piece)
}

function gapsWithin(text: string, { start, end }: Piece): Span[] {
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
