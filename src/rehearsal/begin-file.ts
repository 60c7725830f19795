import type { RunnableMigration } from '../model/plan.js'
import type { Course } from './course.js'
import type { Frame } from './frame.js'
import { loseConnection, noTables } from './when-it-fails.js'

/**
 * Sends what stands before a file in a message of its own, where the file itself goes in others.
 *
 * @returns false where the connection was lost
 */
export async function beginFile(
  course: Course,
  frame: Frame,
  migration: RunnableMigration,
): Promise<boolean> {
  const { session } = course.rehearsal
  const begun = await session.send(`${course.opened ? '' : frame.opening}\n${frame.before(migration)}`)
  const isAtTables = !course.opened && begun.error?.limit !== undefined
  if (begun.state === 'lost' && !isAtTables) return loseConnection(course, begun, [])
  if (begun.error) throw noTables(begun, course.rehearsal)
  course.opened = true
  return true
}
