import type { RunnableMigration, RunnableStatement } from '../../model/plan.js'
import type { Span } from '../../model/position.js'

/** What is sent at a time: statements in one transaction, or one statement alone. The span is the file's. */
export interface Step extends Span {
  readonly kind: 'transaction' | 'alone'
  readonly statements: readonly RunnableStatement[]
}

/**
 * Cuts a file where a statement can not stand in a transaction. In a file declared `no-transaction` every statement
 * stands alone.
 */
export function splitSteps(migration: RunnableMigration): Step[] {
  const declared = migration.file.directives.noTransaction
  const steps: Step[] = []
  for (const statement of migration.statements ?? []) {
    const last = steps.at(-1)
    if (declared || statement.outside !== undefined)
      steps.push({ kind: 'alone', statements: [statement], ...statement.span })
    else if (last?.kind === 'transaction') steps[steps.length - 1] = grown(last, statement)
    else steps.push({ kind: 'transaction', statements: [statement], ...statement.span })
  }
  return steps
}

function grown(step: Step, statement: RunnableStatement): Step {
  return { ...step, statements: [...step.statements, statement], end: statement.span.end }
}
