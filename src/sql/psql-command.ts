import type { Span } from '../model/position.js'
import { lex, type Piece } from './lex.js'

/** Something that only psql understands, and what to do about it. */
export interface PsqlCommand {
  readonly kind: 'meta-command' | 'variable' | 'copy-data'
  /** As written, at most 40 characters: `\set`, `:'owner'`, `COPY`. */
  readonly word: string
  readonly span: Span
  readonly help: string
}

/**
 * The first psql meta-command, psql variable or `COPY … FROM STDIN` in a text, quotes and comments left out of account.
 * psql carries these out itself, on the machine it runs on; they never reach a server.
 */
export function findPsqlCommand(text: string): PsqlCommand | undefined {
  let statement: Word[] = []
  let before: Piece | undefined
  for (const piece of lex(text)) {
    const found = commandAt(text, piece, before) ?? copyAt(text, piece, statement)
    if (found) return found
    if (piece.kind === 'semicolon') statement = []
    if (piece.kind === 'word' && statement.length < MOST_WORDS) statement.push(wordOf(text, piece))
    before = piece
  }
  return copyAt(text, undefined, statement)
}

/** Help for a syntax error where a psql construct at or before it is what the server stumbles over. */
export function explainSyntaxError(text: string, offset: number): string | undefined {
  const found = findPsqlCommand(text)
  return found && found.span.start <= offset ? found.help : undefined
}

interface Word extends Span {
  readonly word: string
}

// Enough for COPY, a name, a list of columns and FROM STDIN.
const MOST_WORDS = 2000

function wordOf(text: string, { start, end }: Piece): Word {
  return { word: text.slice(start, Math.min(end, start + 64)).toUpperCase(), start, end }
}

function commandAt(text: string, piece: Piece, before: Piece | undefined): PsqlCommand | undefined {
  if (piece.kind !== 'other') return undefined
  const sign = text[piece.start]
  if (sign === '\\') return metaCommand(text, piece.start)
  const touchesColon = before?.kind === 'other' && text[before.start] === ':'
  return sign === ':' && !touchesColon ? variable(text, piece.start) : undefined
}

function metaCommand(text: string, start: number): PsqlCommand {
  const word = /^\\(?:[A-Za-z_]+|.?)/su.exec(text.slice(start, start + 40))?.[0] ?? '\\'
  const help = /^\\(?:un)?restrict$/.test(word)
    ? `pg_dump writes ${word} for psql: remove the lines with \\restrict and \\unrestrict.`
    : `${word} is a command of psql and no SQL: remove it, and write in SQL what it does.`
  return { kind: 'meta-command', word, span: { start, end: start + word.length }, help }
}

// A slice of an array (`a[lower:upper]`) is written the same and is SQL.
function variable(text: string, start: number): PsqlCommand | undefined {
  const word = /^:(?:'\w+'|"\w+"|[A-Za-z_]\w*)/.exec(text.slice(start, start + 40))?.[0]
  if (word === undefined || isInBrackets(text, start)) return undefined
  const help = `${word} is a variable of psql, which nothing fills in here: write the value itself. A password does not belong into a migration.`
  return { kind: 'variable', word, span: { start, end: start + word.length }, help }
}

function isInBrackets(text: string, start: number): boolean {
  const line = text.slice(Math.max(0, start - 200), start)
  return line.lastIndexOf('[') > line.lastIndexOf(']')
}

function copyAt(text: string, piece: Piece | undefined, words: readonly Word[]): PsqlCommand | undefined {
  const [first] = words
  if (first?.word !== 'COPY' || (piece && piece.kind !== 'semicolon')) return undefined
  const from = words.findIndex(({ word }, index) => word === 'FROM' && words[index + 1]?.word === 'STDIN')
  if (from === -1) return undefined
  return {
    kind: 'copy-data',
    word: 'COPY',
    span: { start: first.start, end: words[from + 1]?.end ?? text.length },
    help: 'COPY … FROM STDIN takes its rows from psql: write the rows as INSERT … VALUES (pg_dump --inserts does).',
  }
}
