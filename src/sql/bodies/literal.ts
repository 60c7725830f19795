import { lex, type Piece } from '../lex.js'
import { composeSource, type Part, type Source } from './source.js'

/**
 * What a literal in a source says, as a source of its own: without its quotes, escapes undone. Undefined where no
 * literal begins there, or one whose escapes are not known here (bytes, `U&`).
 */
export function readLiteral(outer: Source, start: number): Source | undefined {
  const parts: Part[] = []
  let kind: Piece['kind'] | undefined
  for (const piece of lex(outer.text, start)) {
    if (kind === undefined || piece.kind === kind) {
      const more = partsOf(outer.text, piece)
      if (more === undefined) return undefined
      for (const part of more) parts.push(part)
      kind = piece.kind
    } else if (!continues(outer.text, piece)) break
    // Only a plain string goes on behind a line end; `lex` takes the whole of the others for one piece.
    if (kind !== 'string' || /^e/i.test(outer.text[start] ?? '')) break
  }
  return kind === undefined ? undefined : composeSource(outer, parts)
}

function continues(text: string, { kind, start, end }: Piece): boolean {
  return kind === 'line-comment' || (kind === 'space' && /[\r\n]/.test(text.slice(start, end)))
}

function partsOf(text: string, piece: Piece): Part[] | undefined {
  if (!piece.closed) return undefined
  if (piece.kind === 'dollar-string') {
    const tag = text.indexOf('$', piece.start + 1) + 1 - piece.start
    return [verbatim(text, piece.start + tag, piece.end - tag)]
  }
  if (piece.kind !== 'string') return undefined
  const escaped = text[piece.start] !== "'"
  return quotedParts(text, piece.start + (escaped ? 2 : 1), piece.end - 1, escaped ? ESCAPE : DOUBLED)
}

const DOUBLED = /''/g
const ESCAPE = /''|'[\s\S]*?'|\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S])/g

function quotedParts(text: string, start: number, end: number, pattern: RegExp): Part[] | undefined {
  const parts: Part[] = []
  let at = start
  for (const found of text.slice(start, end).matchAll(pattern)) {
    const from = start + found.index
    const said = saidBy(found[0])
    if (said === undefined) return undefined
    if (from > at) parts.push(verbatim(text, at, from))
    parts.push({ text: said, from, width: found[0].length })
    at = from + found[0].length
  }
  parts.push(verbatim(text, at, end))
  return parts
}

const verbatim = (text: string, start: number, end: number): Part => ({
  text: text.slice(start, end),
  from: start,
  width: end - start,
})

/** A character above 127 may be one byte of several. */
function saidBy(sequence: string): string | undefined {
  const code = codeOf(sequence)
  if (code === undefined)
    return NAMED[sequence] ?? (sequence.startsWith("'") ? gapOf(sequence) : sequence.slice(1))
  const isBytes = !/^\\u/i.test(sequence)
  return (isBytes && code > 0x7f) || code > 0x10ffff || code === 0 ? undefined : String.fromCodePoint(code)
}

// A doubled quote, or the end of one string and the start of the next, which continues it.
const gapOf = (quotes: string): string => (quotes === "''" ? "'" : '')

function codeOf(sequence: string): number | undefined {
  if (/^\\[0-7]/.test(sequence)) return Number.parseInt(sequence.slice(1), 8)
  return /^\\[xuU][0-9a-fA-F]/.test(sequence) ? Number.parseInt(sequence.slice(2), 16) : undefined
}

const NAMED: Readonly<Record<string, string>> = {
  '\\n': '\n',
  '\\t': '\t',
  '\\r': '\r',
  '\\b': '\b',
  '\\f': '\f',
}
