import type { RunnableMigration } from '../../model/plan.js'
import { shortestLockTimeout } from '../../sql/shortest-lock-timeout.js'
import type { Work } from '../executor.js'
import { timeoutsOf } from './record.js'

/**
 * The shortest `lock_timeout` that may hold while migrations are worked on, in milliseconds: what they run with, and what
 * they set themselves. 0: none. Who is in their way is looked for before it runs out.
 */
export function watchedLockTimeout(
  work: Pick<Work, 'timeouts'>,
  migrations: readonly RunnableMigration[],
): number {
  return shortestLockTimeout(
    migrations.flatMap((migration) => [timeoutsOf(work, migration).lockMs, migration.ownLockMs]),
  )
}
