import type { Constraint } from '@pgsql/types'
import type { Span } from '../../model/position.js'
import { tokens } from '../../sql/split-list.js'
import { trimmedEnd } from '../../sql/trim-space.js'
import type { Context, Seen } from '../rule.js'
import type { AddedColumn } from './added-columns.js'

/** A constraint that stands at a column, as a part of the text. */
export interface InlineText {
  /** What to take out, with the white space before it. */
  readonly span: Span
  /** `check (a > 0)`, without `constraint x`. */
  readonly text: string
}

/**
 * Where a constraint stands at a column, up to the next one. Undefined where something else than a constraint may stand
 * behind it.
 */
export function inlineText(
  { constraints, definition, span }: AddedColumn,
  constraint: Constraint,
  statement: Seen,
  { file }: Context,
): InlineText | undefined {
  const { text } = file.file
  const start = statement.offsetOf(constraint.location)
  const starts = constraints
    .filter((each) => !each.contype?.startsWith('CONSTR_ATTR'))
    .map((each) => statement.offsetOf(each.location))
  const next = Math.min(span.end, ...starts.filter((each) => each > start))
  const collation = definition.collClause && statement.offsetOf(definition.collClause.location)
  if (collation !== undefined && collation > start) return undefined
  const parts = [...tokens(text, { start, end: next })]
  // CONSTRAINT and its name are the first two.
  const [first] = constraint.conname === undefined ? parts : parts.slice(2)
  const last = parts.at(-1)
  if (!first || !last) return undefined
  const from = trimmedEnd(text, start)
  return { span: { start: from, end: last.end }, text: text.slice(first.start, last.end) }
}
