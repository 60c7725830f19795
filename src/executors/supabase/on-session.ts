import type { Work } from '../executor.js'
import type { Course } from '../sql/course.js'

/**
 * Asks something on the session that holds the lock; where that is lost, once more on another, which took the lock again.
 *
 * @param ask its answer is undefined where there was none
 */
export async function onSession<T>(
  course: Course,
  ask: (work: Work) => Promise<T | undefined>,
): Promise<T | undefined> {
  const answer = await ask(course.work)
  if (answer !== undefined) return answer
  const { error, state } = await course.work.session.send('SELECT 1')
  if (error === undefined && state !== 'lost') return undefined
  const line = await course.work.reconnect('the connection that holds the lock was lost')
  if (line === undefined) return undefined
  course.work = { ...course.work, ...line }
  return ask(course.work)
}
