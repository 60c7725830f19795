import type { Name, Reach, ReachedUse } from '../../model/reach.js'
import { foldName } from '../fold-name.js'
import { lex, type Piece } from '../lex.js'
import { isGap, wordAt } from '../lex-script.js'

/**
 * What `INSERT INTO … VALUES …` sets in motion, from its signs alone: for statements with rows by the million, of which
 * nobody wants a tree. What it tells is never less than what a tree would. Undefined for any other statement, and where
 * there are queries in it.
 */
export function reachOfRows(text: string): Reach | undefined {
  const head = readPlainHead(text) ?? readHead(text)
  if (!head) return undefined
  const values = text.slice(head.end)
  const rest = withoutLiterals(values)
  if (/\b(?:select|with|table)\b|"\s*\(/i.test(rest)) return undefined
  const open = head.open || /\bdefault\b/i.test(rest)
  const { relation, columns } = head
  const defaults = open ? { but: [] } : columns ? { but: columns } : { behind: countFirst(values) }
  const uses: ReachedUse[] = [{ relation, does: 'insert', defaults }]
  if (/\bconflict\b/i.test(rest))
    uses.push({ relation, does: 'update', ...(open ? {} : { defaults: { only: [] } }) })
  const types = namesBefore(
    rest,
    /::[ \t-\r]*(?:[\w$\u0080-\uffff]+[ \t-\r]*\.[ \t-\r]*)?([a-z_\u0080-\uffff][\w$\u0080-\uffff]*)/gi,
  )
  for (const type of types) uses.push({ relation: [type], does: 'read' })
  const calls = namesBefore(rest, /([a-z_\u0080-\uffff][\w$\u0080-\uffff]*)\s*\(/gi).map((name) => ({
    name: [name],
  }))
  return { uses, ...(calls.length > 0 ? { calls } : {}) }
}

/** What is no text, so that no word of it is taken for SQL. */
function withoutLiterals(text: string): string {
  // What may be more than a plain string, or may only look like one, is read sign by sign.
  if (!/[$\\"]|--|\/\*/.test(text)) return text.replaceAll(/'[^']*'/g, ' ')
  const parts: string[] = []
  for (const piece of lex(text)) {
    if (isGap(piece)) parts.push(' ')
    else if (piece.kind !== 'string' && piece.kind !== 'dollar-string')
      parts.push(text.slice(piece.start, piece.end))
  }
  return parts.join('')
}

interface Head {
  readonly relation: Name
  readonly columns?: readonly string[]
  /** Identity columns take their default, whatever is given. */
  readonly open: boolean
  /** Behind VALUES. */
  readonly end: number
}

/** As dumps have it, by the hundred thousand: names without quotes, nothing else. */
function readPlainHead(text: string): Head | undefined {
  const [whole, relation, columns] = PLAIN_HEAD.exec(text) ?? []
  if (whole === undefined || relation === undefined) return undefined
  const names = (list: string, sign: string) => list.split(sign).map((name) => name.trim().toLowerCase())
  return {
    relation: names(relation, '.'),
    ...(columns === undefined ? {} : { columns: names(columns, ',') }),
    open: false,
    end: whole.length,
  }
}

const PLAIN_HEAD =
  /^insert[ \t-\r]+into[ \t-\r]+((?:\w+\.)?\w+)[ \t-\r]*(?:\(([\w \t-\r,]*)\)[ \t-\r]*)?values(?![\w$\u0080-\uffff])/i

function readHead(text: string): Head | undefined {
  const tokens = headTokens(text)
  const words = tokens.map((token) => wordAt(text, token))
  if (words[0] !== 'INSERT' || words[1] !== 'INTO' || words.at(-1) !== 'VALUES') return undefined
  const list = tokens.findIndex((token) => text[token.start] === '(')
  const names = (from: number, to: number) =>
    tokens.slice(from, to).flatMap((token) => nameAt(text, token) ?? [])
  const end = relationEnd(text, tokens)
  const close = tokens.findIndex((token) => text[token.start] === ')')
  return {
    relation: names(2, end),
    ...(list === -1 ? {} : { columns: names(list, close) }),
    open: words.includes('OVERRIDING') && words.includes('USER'),
    end: tokens.at(-1)?.end ?? 0,
  }
}

/** Up to VALUES; a statement that has none so soon is none of these. */
function headTokens(text: string): Piece[] {
  const tokens: Piece[] = []
  for (const piece of lex(text)) {
    if (isGap(piece)) continue
    tokens.push(piece)
    if (wordAt(text, piece) === 'VALUES' || tokens.length > MOST_IN_HEAD) break
  }
  return tokens
}

/** A table has at most 1,600 columns. */
const MOST_IN_HEAD = 4_000

function relationEnd(text: string, tokens: readonly Piece[]): number {
  const dot = tokens[3]
  return dot && text[dot.start] === '.' ? 5 : 3
}

function nameAt(text: string, { kind, start, end }: Piece): string | undefined {
  if (kind === 'quoted-name') return text.slice(start + 1, end - 1).replaceAll('""', '"')
  return kind === 'word' ? foldName(text.slice(start, end)) : undefined
}

/** Values in the first row. */
function countFirst(rest: string): number {
  let depth = 0
  let values = 0
  let any = false
  for (const piece of lex(rest)) {
    if (isGap(piece)) continue
    const sign = piece.kind === 'other' ? (rest[piece.start] ?? '') : ''
    if (sign === '(' || sign === '[') depth++
    else if (sign === ')' || sign === ']') depth--
    else if (depth === 1 && sign === ',') values++
    else any = true
    if (depth <= 0) break
  }
  return any ? values + 1 : 0
}

function namesBefore(text: string, pattern: RegExp): string[] {
  const names = new Set<string>()
  for (const [, name = ''] of text.matchAll(pattern)) names.add(foldName(name))
  return [...names]
}
