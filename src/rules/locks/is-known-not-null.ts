import type { RangeVar } from '@pgsql/types'
import type { Context } from '../rule.js'
import { checksInFile } from './checks-in-file.js'
import { provesNotNull } from './proves-not-null.js'

/**
 * Whether the server need not look for NULL in a column: it is NOT NULL already, or (from PostgreSQL 12 on) a valid
 * CHECK constraint proves it. A constraint that the file validates and no file makes is taken to be one that does.
 */
export function isKnownNotNull(relation: RangeVar, column: string, context: Context): boolean {
  const table = context.known.relation(relation)
  const constraints = table?.constraints ?? []
  const isDoubtful = constraints.some(
    ({ kind, valid, columns }) => kind === 'not-null' && !valid && columns.includes(column),
  )
  if (table?.columns.get(column)?.notNull && !isDoubtful) return true
  if (context.postgres < 12) return false
  const checks = constraints.filter(({ kind, valid }) => kind === 'check' && valid)
  if (checks.some(({ definition }) => provesNotNull(definition.raw_expr, column))) return true
  const names = new Set(constraints.map(({ name }) => name))
  return checksInFile(relation, context)
    .filter(({ name }) => name === undefined || !names.has(name))
    .some(({ expression }) => expression === undefined || provesNotNull(expression, column))
}
