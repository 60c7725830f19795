import type { RunnableStatement } from '../model/plan.js'
import { commitsByItself, judgedByDatabase, needsNoTransaction } from '../sql/classify.js'
import type { Statement } from '../sql/open-parser.js'
import { sessionEffect } from './read-session.js'
import { traceOf } from './read-trace.js'

/** What there is to know of a statement before it is sent. */
export function readStatement(statement: Statement): RunnableStatement {
  const outside = needsNoTransaction(statement)
  const judged = judgedByDatabase(statement)
  const trace = outside || judged ? traceOf(statement) : undefined
  const addsEnumValue = addedEnumValue(statement)
  return {
    span: statement.span,
    ...(outside ? { outside } : {}),
    ...(judged ? { judged } : {}),
    ...(trace ? { trace } : {}),
    ...(commitsByItself(statement) ? { commits: true } : {}),
    ...(addsEnumValue !== undefined ? { addsEnumValue } : {}),
    ...sessionEffect(statement),
  }
}

/** The label that ALTER TYPE … ADD VALUE adds. */
function addedEnumValue({ node, tree }: Statement): string | undefined {
  return node === 'AlterEnumStmt' && tree.oldVal === undefined && typeof tree.newVal === 'string'
    ? tree.newVal
    : undefined
}
