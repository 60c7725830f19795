import type { Span } from '../model/position.js'
import { lexScript } from '../sql/lex-script.js'
import { trimmedEnd } from '../sql/trim-space.js'

/** Where the part of a file that is applied ends. */
export interface Sections {
  readonly up: Span
  /** An up marker below the down marker: what it begins would never be applied. */
  readonly strayUp?: Span
}

/**
 * Finds the down section that dbmate, goose, sql-migrate and node-pg-migrate keep in the file: from a line comment that
 * is alone in its line and says so. Quotes, dollar quotes, block comments and the lines of a COPY hide it. Pauses where
 * there is much to read.
 */
export function* findingDownSection(text: string): Generator<undefined, Sections> {
  const up = { start: 0, end: text.length }
  if (!/migrat|goose/i.test(text)) return { up }
  let down: number | undefined
  let pieces = 0
  for (const { kind, start, end } of lexScript(text)) {
    if (++pieces % MANY === 0) yield
    if (kind !== 'line-comment') continue
    const comment = text.slice(start, end)
    if (down === undefined && DOWN.test(comment)) down = lineStart(text, start)
    else if (down !== undefined && UP.test(comment))
      return { up: { start: 0, end: down }, strayUp: { start, end } }
  }
  return { up: { start: 0, end: down ?? text.length } }
}

/** Pieces: some milliseconds. */
const MANY = 10_000

const DOWN = /^--\s*(?:migrate:down|\+goose\s+down|\+migrate\s+down)(?:\s.*)?$|^--[\s-]*down\s+migration\s*$/i
const UP = /^--\s*(?:migrate:up|\+goose\s+up|\+migrate\s+up)(?:\s.*)?$|^--[\s-]*up\s+migration\s*$/i

// The offset of the line's beginning where nothing but white space is before the comment.
function lineStart(text: string, start: number): number | undefined {
  // At offset 0 there is nothing before it; and what is not there would be looked for in all that is.
  const line = start === 0 ? '' : text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  const before = line.slice(line.lastIndexOf('\r') + 1)
  return trimmedEnd(before) === 0 ? start - before.length : undefined
}
