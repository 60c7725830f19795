import type { Span } from '../../model/position.js'
import { lexScript, type ScriptPiece } from '../../sql/lex-script.js'

/** One sign of a statement: a word in small letters, a name without its quotes, a string, or any other character. */
export interface Token extends Span {
  readonly kind: 'word' | 'name' | 'string' | 'sign'
  /** Of a string nothing. */
  readonly text: string
  readonly closed: boolean
}

/** A part of a text as it is written: some statements' tokens, a comment, or a command of psql. */
export type Written =
  | { readonly kind: 'statement'; readonly tokens: readonly Token[] }
  | { readonly kind: 'comment' | 'psql-command'; readonly span: Span }

/** An INSERT may have any number; what belongs together is not that long. */
const MOST_TOKENS = 50_000

/**
 * Cuts SQL at its semicolons, those in bodies too. Needs no parser: what the parser refuses holds secrets all the same,
 * and its tree has no place of an option's value.
 */
export function* readTokens(text: string): Generator<Written> {
  let tokens: Token[] = []
  for (const piece of lexScript(text)) {
    if (piece.kind === 'psql-command') yield { kind: piece.kind, span: piece }
    else if (piece.kind.endsWith('comment')) yield { kind: 'comment', span: piece }
    else if (piece.kind === 'semicolon' || tokens.length >= MOST_TOKENS) {
      if (tokens.length > 0) yield { kind: 'statement', tokens }
      tokens = []
    }
    const token = tokenOf(text, piece)
    if (token) add(tokens, token, text)
  }
  if (tokens.length > 0) yield { kind: 'statement', tokens }
}

function tokenOf(text: string, piece: ScriptPiece): Token | undefined {
  const { start, end, closed } = piece
  switch (piece.kind) {
    case 'string':
    case 'dollar-string':
      return { kind: 'string', text: '', start, end, closed }
    case 'quoted-name':
      return { kind: 'name', text: text.slice(start + 1, end - 1).replaceAll('""', '"'), start, end, closed }
    case 'word':
      return {
        kind: 'word',
        text: text.slice(start, Math.min(end, start + LONGEST)).toLowerCase(),
        start,
        end,
        closed,
      }
    case 'other':
      return { kind: 'sign', text: text[start] ?? '', start, end, closed }
    default:
      return undefined
  }
}

const LONGEST = 200

/** `N'…'` and `U&'…'` are strings too. */
function add(tokens: Token[], token: Token, text: string): void {
  if (token.kind === 'string') {
    const prefix = /(?:\bN|\bU&)$/i.exec(text.slice(Math.max(0, token.start - 3), token.start))?.[0]
    if (prefix) tokens.length -= Math.min(tokens.length, prefix.length)
  }
  tokens.push(token)
}
