import type { Span } from '../model/position.js'
import { foldName } from './fold-name.js'
import { tokens } from './split-list.js'

/** A table as a statement names it. */
export interface TableName {
  readonly schema?: string
  readonly name: string
}

/**
 * The tables that a statement adds rows to, changes or deletes them from, by its words: its tree is not kept. What a function
 * does that it calls, or a view or a rule makes of it, is not seen.
 */
export function writtenTables(text: string, within: Span): TableName[] {
  const found: TableName[] = []
  let before = ''
  let parts: string[] | undefined
  let first: string | undefined
  for (const piece of tokens(text, within)) {
    const sign = text.slice(piece.start, piece.end)
    const word = piece.kind === 'word' ? sign.toUpperCase() : sign
    first ??= word
    if (!WRITES.has(first)) return []
    if (parts && !(parts.length === 0 && word === 'ONLY')) {
      if (sign !== '.' && before !== '.' && parts.length > 0) {
        found.push(tableOf(parts))
        parts = undefined
      } else if (piece.kind === 'word') parts.push(foldName(sign))
      else if (piece.kind === 'quoted-name') parts.push(sign.slice(1, -1).replaceAll('""', '"'))
      else if (sign !== '.') parts = undefined
    }
    if (isBegun(word, before)) parts = []
    before = word
  }
  return parts?.length ? [...found, tableOf(parts)] : found
}

const WRITES: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY', 'WITH'])

/** A table's name follows. Not so in `ON CONFLICT DO UPDATE`, `WHEN MATCHED THEN UPDATE`, `FOR UPDATE`. */
function isBegun(word: string, before: string): boolean {
  if (word === 'INTO') return before === 'INSERT' || before === 'MERGE'
  if (word === 'FROM') return before === 'DELETE'
  if (word === 'UPDATE') return before === '' || before === '(' || before === ')'
  return word === 'COPY' && before === ''
}

function tableOf(parts: readonly string[]): TableName {
  const [name = '', schema] = parts.toReversed()
  return schema === undefined ? { name } : { schema, name }
}
