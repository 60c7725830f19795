import type { RunnableMigration, RunnableStatement } from '../model/plan.js'
import { blank } from '../sql/blank.js'
import type { LeftStatement } from './left-out.js'

/**
 * A migration without the statements that are left out, and those that an earlier run did: they are spaces in its text.
 */
export function withoutLeft(
  migration: RunnableMigration,
  leftOut: readonly LeftStatement[],
): RunnableMigration {
  const { statements } = migration
  if (!statements) return migration
  const out = new Set(leftOut.map(({ statement }) => statement))
  const isKept = (statement: RunnableStatement) => !statement.done && !out.has(statement)
  const left = statements.filter((statement) => !isKept(statement))
  if (left.length === 0) return migration
  const spans = left.map((statement) => statement.span)
  return { ...migration, text: blank(migration.text, spans), statements: statements.filter(isKept) }
}
