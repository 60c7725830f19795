import type { RunnableMigration } from '../model/plan.js'
import { blank } from '../sql/blank.js'

/** A migration without the statements that can not run in a transaction: they are spaces in its text. */
export function withoutOutside(migration: RunnableMigration): RunnableMigration {
  const statements = migration.statements ?? []
  const left = statements.filter((statement) => statement.outside !== undefined || statement.done)
  if (left.length === 0) return migration
  const spans = left.map((statement) => statement.span)
  return {
    ...migration,
    text: blank(migration.text, spans),
    statements: statements.filter((statement) => statement.outside === undefined && !statement.done),
  }
}
