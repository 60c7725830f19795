import type { RunnableMigration } from '../model/plan.js'
import { blank } from '../sql/blank.js'
import type { MessageLayout } from '../sql/locate-failure.js'

/** A file as one message of the rehearsal, and the migration as it stands in it: without what is left out. */
export interface RehearsedLayout extends MessageLayout {
  readonly migration: RunnableMigration
}

/**
 * A savepoint, the timeouts of the budget, the file's text without the statements that can not run in a transaction,
 * and what is to follow it.
 */
export function layOutFile(
  migration: RunnableMigration,
  budget: { readonly lockMs: number; readonly statementMs: number },
  after: string,
): RehearsedLayout {
  const statements = migration.statements ?? []
  const left = statements.filter((statement) => statement.outside !== undefined)
  const kept = statements.filter((statement) => statement.outside === undefined)
  const text = blank(
    migration.text,
    left.map((statement) => statement.span),
  )
  const before = `SAVEPOINT devflow_rehearsal;
RESET search_path;
SET LOCAL lock_timeout = ${budget.lockMs};
SET LOCAL statement_timeout = ${budget.statementMs};
`
  return {
    migration: { ...migration, text, statements: kept },
    sent: `${before}${text}\n;\n${after}`,
    bodyStart: before.length,
    fileStart: 0,
    length: text.length,
    statementsBefore: 4,
    firstStatement: 0,
    statementCount: kept.length,
  }
}
