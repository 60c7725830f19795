import type { Failure } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'

/**
 * Whether a file may fail only because the tables that were there before are empty: a row that it refers to, or reads a
 * value from, is on the target and not where it was rehearsed.
 */
export function missesRows(
  { code, statement }: Pick<Failure, 'code' | 'statement'>,
  { text, statements = [] }: RunnableMigration,
): boolean {
  if (NEED_ROWS.has(code)) return true
  const span = statements[(statement ?? 0) - 1]?.span
  return VALUES_FROM_ROWS.has(code) && !(span && GIVES_ITS_VALUES.test(text.slice(span.start, span.end)))
}

const NEED_ROWS = new Set([
  '23503', // foreign key
  'P0001', // RAISE EXCEPTION
  'P0002', // SELECT INTO STRICT without a row
  'P0004', // ASSERT
])

/** A subquery that finds nothing is NULL, a count is 0. */
const VALUES_FROM_ROWS = new Set([
  '22003', // out of range: setval() to 0
  '22004', // null not allowed
  '22012', // division by zero
  '22023', // invalid parameter
  '23502', // not null
  '23514', // check
])

/** All that an INSERT without a query writes stands in its text. */
const GIVES_ITS_VALUES = /^\s*insert\b(?!.*\bselect\b)/is
