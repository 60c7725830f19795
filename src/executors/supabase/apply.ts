import type { Failure } from '../../model/outcome.js'
import type { Executor } from '../executor.js'
import { beginCourse, type Course, enter } from '../sql/course.js'
import { recordSchemaNow } from '../sql/record-schema-now.js'
import { chooseGroup } from './choose-group.js'
import { pushGroup } from './push-group.js'
import type { Supervision } from './supervision.js'

/**
 * The Supabase CLI as an executor: it applies, under the lock that our own session holds, and nothing that it says is
 * believed. What its table shows before and after decides what became of each file; ours, and the history, tell of it.
 */
export function superviseSupabase(supervision: Supervision): Executor {
  return async (work) => {
    const course = beginCourse(work)
    const failure = course.ensured && course.begun ? undefined : await work.ensureTables(work)
    if (failure) return giveUpAll(course, failure)
    while (course.next < work.migrations.length && !work.signal.aborted) {
      if (!(await pushGroup(course, supervision, chooseGroup(course)))) break
    }
    await recordSchemaNow(course)
    return course.outcomes
  }
}

function giveUpAll(course: Course, failure: Failure): Course['outcomes'] {
  enter(course, 0, { state: 'failed', failure })
  return course.outcomes
}
