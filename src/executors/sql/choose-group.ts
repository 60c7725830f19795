import type { RunnableMigration } from '../../model/plan.js'
import { MESSAGE_BYTES } from '../../sql/compose-message.js'
import type { Course } from './course.js'

/** What is sent next, and how. */
export interface Group {
  readonly kind: 'batch' | 'together' | 'outside'
  readonly migrations: readonly RunnableMigration[]
}

/**
 * The next migrations that can go in one message: as many as there are, until they come to {@link MESSAGE_BYTES}. One that
 * was left short of it would make for more messages than the SQL takes. A file that does not go as one message is alone
 * in the transaction that its messages share.
 */
export function chooseGroup({ work, next, alone }: Course): Group {
  const left = work.migrations.slice(next)
  if (work.together) return { kind: 'together', migrations: left }
  const [first] = left
  if (!first) return { kind: 'batch', migrations: [] }
  if (first.mode === 'no-transaction') return { kind: 'outside', migrations: [first] }
  if (!first.statements) return { kind: 'together', migrations: [first] }
  if (alone.has(first)) return { kind: 'batch', migrations: [first] }
  return { kind: 'batch', migrations: takeWhileFitting(left, alone, work.messageBytes) }
}

function takeWhileFitting(
  migrations: readonly RunnableMigration[],
  alone: ReadonlySet<RunnableMigration>,
  most = MESSAGE_BYTES,
): readonly RunnableMigration[] {
  let bytes = 0
  const end = migrations.findIndex((migration, index) => {
    const isFull = bytes >= most
    bytes += Buffer.byteLength(migration.text)
    const fits = migration.mode === 'transaction' && migration.statements && !alone.has(migration)
    // What an earlier run left of it is taken away once those before it are done.
    if (index > 0 && migration.leftover) return true
    return !fits || (index > 0 && isFull)
  })
  return end === -1 ? migrations : migrations.slice(0, end)
}
