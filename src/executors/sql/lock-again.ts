import type { RunnableMigration } from '../../model/plan.js'
import type { Work } from '../executor.js'
import { connectAgain } from './connect-again.js'
import type { Course } from './course.js'

/** See {@link lockAgain}. */
export type LockedAgain = (reason?: string) => ReturnType<typeof lockAgain>

/**
 * Another connection, which holds the lock of the run, where a migration released that, or the connection was lost: to write on.
 * Undefined where it is not to be had any more: another run may be at the same file by now. `elsewhere`: that one is not what is
 * next; a crash took what came before it, or another run has done it.
 */
export async function lockAgain(
  course: Course,
  migration: RunnableMigration,
  ahead = 0,
  reason = 'the lock of this run is gone',
): Promise<Work | 'elsewhere' | undefined> {
  const again = await connectAgain(course, reason)
  if (!again) return undefined
  return course.work.migrations[course.next + ahead] === migration ? course.work : 'elsewhere'
}
