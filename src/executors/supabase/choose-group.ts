import type { RunnableMigration } from '../../model/plan.js'
import type { Course } from '../sql/course.js'
import { timeoutsOf } from '../sql/record.js'

/** Files of one `db push`, in order. */
export interface Group {
  readonly migrations: readonly [RunnableMigration, ...RunnableMigration[]]
  /** The `lock_timeout` that holds for it, in milliseconds. */
  readonly lockMs: number
  readonly statementMs: number
}

/**
 * The next files that can be pushed in one go: those with the same limits, as long as the CLI, which goes by the bytes of
 * their names, would take them in our order. One that is not atomic is pushed alone.
 */
export function chooseGroup({ work, next }: Course): Group {
  const [first, ...rest] = work.migrations.slice(next) as [RunnableMigration, ...RunnableMigration[]]
  const limits = limitsOf(work, first)
  const group: [RunnableMigration, ...RunnableMigration[]] = [first]
  for (const migration of first.mode === 'transaction' ? rest : []) {
    const { lockMs, statementMs } = limitsOf(work, migration)
    const isSame = lockMs === limits.lockMs && statementMs === limits.statementMs
    const before = group[group.length - 1] ?? first
    if (migration.mode !== 'transaction' || !isSame || !isInOrder(before, migration)) break
    group.push(migration)
  }
  return { migrations: group, ...limits }
}

/** A timeout of a concurrent build leaves an INVALID index. */
function limitsOf(work: Course['work'], migration: RunnableMigration): Pick<Group, 'lockMs' | 'statementMs'> {
  const { lockMs, statementMs } = timeoutsOf(work, migration)
  return { lockMs: migration.mode === 'transaction' ? lockMs : 0, statementMs }
}

function isInOrder(before: RunnableMigration, after: RunnableMigration): boolean {
  return Buffer.compare(Buffer.from(before.file.name), Buffer.from(after.file.name)) < 0
}
