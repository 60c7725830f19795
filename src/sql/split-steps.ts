import type { RunnableMigration, RunnableStatement } from '../model/plan.js'
import type { Span } from '../model/position.js'

/** What is sent at a time. The span is the file's. */
export interface Step extends Span {
  /**
   * `transaction`: in one of ours. `alone`: in none. `own`: in the file's own transaction, which holds its record too.
   * `own-after`: the same where it can hold none, because it is rolled back or read only.
   */
  readonly kind: 'transaction' | 'alone' | 'own' | 'own-after'
  /** Index of its first statement in the file. */
  readonly first: number
  readonly statements: readonly RunnableStatement[]
}

/**
 * Cuts a file, or what follows its first statements, where a statement can not stand in a transaction. Where each
 * statement stands alone, each is a step, and so is each transaction of the file's own.
 *
 * @param from how many statements are done
 */
export function splitSteps(migration: RunnableMigration, from = 0): Step[] {
  const steps: Growing[] = []
  const statements = migration.statements ?? []
  for (let index = from; index < statements.length; index++) {
    const statement = statements[index]
    if (!statement) continue
    const last = steps.at(-1)
    const kind = kindOf(statement, migration.alone === true)
    if (kind === 'own') {
      const own = ownTransaction(statements, index)
      steps.push(own)
      index += own.statements.length - 1
    } else if (kind === 'transaction' && last?.kind === kind && !migration.alone) {
      last.statements.push(statement)
      last.end = statement.span.end
    } else {
      steps.push({ kind, first: index, statements: [statement], ...statement.span })
    }
  }
  return steps
}

interface Growing extends Step {
  readonly statements: RunnableStatement[]
  end: number
}

function kindOf({ control, outside, judged }: RunnableStatement, alone: boolean): Step['kind'] {
  if (control !== undefined) return 'own'
  return outside !== undefined || (alone && judged !== undefined) ? 'alone' : 'transaction'
}

function ownTransaction(statements: readonly RunnableStatement[], from: number): Growing {
  let end = from + 1
  while (end < statements.length && statements[end]?.control === undefined) end++
  const inside = statements.slice(from, end + 1)
  const [begin] = inside
  const last = inside.at(-1)
  const recorded = begin?.control === 'begin' && last?.control === 'commit'
  return {
    kind: recorded ? 'own' : 'own-after',
    first: from,
    statements: inside,
    start: begin?.span.start ?? 0,
    end: last?.span.end ?? 0,
  }
}
