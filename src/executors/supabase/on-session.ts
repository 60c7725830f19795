import type { Work } from '../executor.js'
import { connectAgain } from '../sql/connect-again.js'
import type { Course } from '../sql/course.js'
import { makeTables } from './make-tables.js'

/** What is next is another migration than before: a crash took those before it, or history shows it to be applied. */
export const ELSEWHERE = Symbol('elsewhere')

/**
 * Asks something on the session that holds the lock; where that is lost, once more on another, which took the lock again,
 * unless that shows that the run is elsewhere.
 *
 * @param ask its answer is undefined where there was none
 */
export async function onSession<T>(
  course: Course,
  ask: (work: Work) => Promise<T | undefined>,
): Promise<T | undefined | typeof ELSEWHERE> {
  const { next } = course
  const answer = await ask(course.work)
  if (answer !== undefined) return answer
  const { error, state } = await course.work.session.send('SELECT 1')
  if (error === undefined && state !== 'lost') return undefined
  const again = await connectAgain(course, 'the connection that holds the lock was lost')
  if (!again || (again.isTakenBack && ++course.takenBack > MOST_TAKEN_BACK)) return undefined
  if (await makeTables(course)) return undefined
  return course.next === next ? ask(course.work) : ELSEWHERE
}

/** A server whose commits never wait for its disk may crash each time. */
const MOST_TAKEN_BACK = 3
