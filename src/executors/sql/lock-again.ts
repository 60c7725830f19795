import type { RunnableMigration } from '../../model/plan.js'
import type { Work } from '../executor.js'
import { connectAgain } from './connect-again.js'
import type { Course } from './course.js'

/**
 * Another connection, which holds the lock of the run that a migration released, to write on. Undefined where it is not to be had
 * any more: another run may be at the same file by now. `elsewhere`: that one is not what is next; a crash took what came before
 * it, or another run has done it.
 */
export async function lockAgain(
  course: Course,
  migration: RunnableMigration,
  ahead = 0,
): Promise<Work | 'elsewhere' | undefined> {
  const again = await connectAgain(course, 'the lock of this run is gone')
  if (!again) return undefined
  return course.work.migrations[course.next + ahead] === migration ? course.work : 'elsewhere'
}
