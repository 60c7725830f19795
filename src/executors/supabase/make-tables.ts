import type { Failure } from '../../model/outcome.js'
import { connectAgain } from '../sql/connect-again.js'
import type { Course } from '../sql/course.js'
import { MOST_LOSSES } from './most-losses.js'

/**
 * Makes the tables, where they are not as they must be: a crash may have taken them. Once more where the connection is lost
 * meanwhile, or right after: it reads then whether they were made.
 */
export async function makeTables(course: Course): Promise<Failure | undefined> {
  for (let losses = 1; !(course.ensured && course.begun); losses++) {
    const failure = await course.work.ensureTables(course.work)
    if (failure) {
      const again = losses < MOST_LOSSES ? await connectAgain(course, failure.message) : undefined
      if (!again) return failure
    } else {
      course.ensured = true
      course.begun = true
    }
  }
  return undefined
}
