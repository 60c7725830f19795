import type { Span } from '../../model/position.js'
import { lex, type Piece } from '../lex.js'
import { isGap } from '../lex-script.js'
import { trimmedEnd } from '../trim-space.js'
import type { PlpgsqlFragment } from './plpgsql-fragments.js'

/** A fragment and where its body has it; without a place it stands there in other words. */
export interface PlacedFragment extends PlpgsqlFragment {
  readonly place?: Span
}

/**
 * Finds fragments in the text of their body. The parser tells the line that a statement begins on; the fragment is the
 * first such run of tokens behind it and behind the fragment before, never a part of a comment or of a literal.
 *
 * @param fragments in the order of the text
 */
export function placeFragments(body: string, fragments: readonly PlpgsqlFragment[]): PlacedFragment[] {
  const tokens = [...lex(body)].filter((piece) => !isGap(piece))
  const firstOn = firstTokens(body, tokens)
  // Each token is looked at once, as a rule; a search in vain may look at all that are left.
  let looks = 8 * tokens.length + 1000
  let next = 0
  return fragments.map((fragment) => {
    for (let at = Math.max(next, firstOn(fragment.line)); at < tokens.length && looks > 0; at++, looks--) {
      const start = tokens[at]?.start ?? 0
      const length = lengthAt(body, start, fragment)
      if (length === undefined) continue
      next = at + 1
      const end = start + length
      return { ...fragment, place: { start, end: fragment.into ? statementEnd(tokens, at, end) : end } }
    }
    return fragment
  })
}

function firstTokens(body: string, tokens: readonly Piece[]): (line: number) => number {
  const firsts: number[] = [0, 0]
  let at = 0
  for (let end = body.indexOf('\n'); end !== -1; end = body.indexOf('\n', end + 1)) {
    while (at < tokens.length && (tokens[at]?.start ?? 0) <= end) at++
    firsts.push(at)
  }
  return (line) => firsts[line] ?? 0
}

/** How much of the body a fragment is that begins there; undefined where it does not. */
function lengthAt(body: string, start: number, { query, kind, into }: PlpgsqlFragment): number | undefined {
  const text = query.slice(0, trimmedEnd(query))
  if (text === '') return undefined
  if (kind === 'perform') {
    const rest = text.slice(SELECT.length)
    const begins = /^perform/i.test(body.slice(start, start + PERFORM.length))
    return begins && body.startsWith(rest, start + PERFORM.length) ? PERFORM.length + rest.length : undefined
  }
  const stands = into ? standsWithHoles(body, start, text) : body.startsWith(text, start)
  return stands ? text.length : undefined
}

const SELECT = 'SELECT'
const PERFORM = 'PERFORM'

/** Spaces stand for anything. */
function standsWithHoles(body: string, start: number, text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== body[start + at] && text[at] !== ' ') return false
  }
  return true
}

/** An INTO at its end is not in a fragment. */
function statementEnd(tokens: readonly Piece[], from: number, end: number): number {
  let last = end
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at]
    if (!token) break
    if (token.kind === 'semicolon' && token.start >= end) break
    if (token.end > last) last = token.end
  }
  return last
}
