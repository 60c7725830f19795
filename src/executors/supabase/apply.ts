import type { Failure } from '../../model/outcome.js'
import type { Executor } from '../executor.js'
import { connectAgain } from '../sql/connect-again.js'
import { beginCourse, type Course, enter } from '../sql/course.js'
import { recordSchemaNow } from '../sql/record-schema-now.js'
import { settleForgotten } from '../sql/settle-forgotten.js'
import { chooseGroup } from './choose-group.js'
import { giveUp } from './give-up.js'
import { makeTables } from './make-tables.js'
import { MOST_LOSSES } from './most-losses.js'
import { pushGroup } from './push-group.js'
import type { Supervision } from './supervision.js'

/**
 * The Supabase CLI as an executor: it applies, under the lock that our own session holds, and nothing that it says is
 * believed. What its table shows before and after decides what became of each file; ours, and the history, tell of it.
 */
export function superviseSupabase(supervision: Supervision): Executor {
  return async (work) => {
    const course = beginCourse(work)
    const failure = await makeTables(course)
    if (failure) return giveUpAll(course, failure)
    let goesOn = await settleBefore(course)
    while (goesOn && course.next < work.migrations.length && !work.signal.aborted) {
      goesOn = await pushGroup(course, supervision, chooseGroup(course))
    }
    await recordSchemaNow(course)
    return course.outcomes
  }
}

/** The CLI is content with whatever index is there: what files left that failed is taken away before any is pushed. */
async function settleBefore(course: Course): Promise<boolean> {
  for (let losses = 1; ; losses++) {
    const { work, next } = course
    const first = work.migrations[next]
    const stop = first && !work.signal.aborted ? await settleForgotten(work, false) : undefined
    if (!first || !stop || !('failure' in stop)) return true
    const again =
      stop.kind === 'lost' && losses < MOST_LOSSES
        ? await connectAgain(course, stop.failure.message)
        : undefined
    // Nothing was begun.
    if (!again && work.signal.aborted) return false
    if (!again) return giveUp(course, first, { state: 'failed', failure: stop.failure })
  }
}

function giveUpAll(course: Course, failure: Failure): Course['outcomes'] {
  const { work, next, outcomes } = course
  if (!work.signal.aborted) enter(course, next, { state: 'failed', failure })
  return outcomes
}
