import type { RunnableMigration, RunnableStatement } from '../model/plan.js'
import { blank } from '../sql/blank.js'

/**
 * A migration without the statements that can not run in a transaction, and those that an earlier run did: they are
 * spaces in its text. What an earlier run set in its session is set again.
 */
export function withoutOutside(migration: RunnableMigration): RunnableMigration {
  const statements = migration.statements ?? []
  const left = statements.filter((statement) => !isKept(statement))
  if (left.length === 0) return migration
  const spans = left.map((statement) => statement.span)
  return { ...migration, text: blank(migration.text, spans), statements: statements.filter(isKept) }
}

function isKept({ outside, done, sets }: RunnableStatement): boolean {
  return done ? sets !== undefined : outside === undefined
}
