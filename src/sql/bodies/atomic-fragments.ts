import type { Span } from '../../model/position.js'
import { lex } from '../lex.js'
import { isGap, parenthesis, wordAt } from '../lex-script.js'
import type { Fragment } from './compose-fragments.js'

/** The statements between BEGIN ATOMIC and END, or what RETURN gives, in a CREATE FUNCTION. */
export function atomicFragments(text: string, holder: Span): Fragment[] {
  const tokens = tokensOf(text, holder)
  const atomic = tokens.findIndex(
    ({ word }, at) => word === 'ATOMIC' && tokens[at - 1]?.word === 'BEGIN' && tokens[at]?.depth === 0,
  )
  if (atomic === -1) {
    const returns = tokens.findLastIndex(({ word, depth }) => word === 'RETURN' && depth === 0)
    return fragmentOf(text, tokens.slice(Math.max(0, returns)))
  }
  const end = tokens.findLastIndex(({ word }) => word === 'END')
  return split(tokens.slice(atomic + 1, end)).flatMap((statement) => fragmentOf(text, statement))
}

interface Token extends Span {
  readonly word: string
  readonly isSemicolon: boolean
  readonly depth: number
}

function tokensOf(text: string, { start, end }: Span): Token[] {
  const tokens: Token[] = []
  let depth = 0
  for (const piece of lex(text, start)) {
    if (piece.start >= end) break
    if (isGap(piece)) continue
    depth += parenthesis(text, piece)
    const isSemicolon = piece.kind === 'semicolon'
    tokens.push({ start: piece.start, end: piece.end, word: wordAt(text, piece), isSemicolon, depth })
  }
  return tokens
}

function split(tokens: readonly Token[]): Token[][] {
  const lists: Token[][] = [[]]
  for (const token of tokens) {
    if (token.isSemicolon) lists.push([])
    else lists.at(-1)?.push(token)
  }
  return lists
}

function fragmentOf(text: string, tokens: readonly Token[]): Fragment[] {
  const [first, second] = tokens
  const isReturn = first?.word === 'RETURN'
  const start = isReturn ? second?.start : first?.start
  const end = tokens.at(-1)?.end
  if (start === undefined || end === undefined) return []
  const kind = isReturn ? 'expression' : 'statement'
  return [{ query: text.slice(start, end), kind, line: 0, into: false, place: { start, end } }]
}
