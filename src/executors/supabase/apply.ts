import type { Failure } from '../../model/outcome.js'
import type { Executor, Line } from '../executor.js'
import { beforeFirst, beginCourse, type Course, enter } from '../sql/course.js'
import { recordSchemaNow } from '../sql/record-schema-now.js'
import { settleForgotten } from '../sql/settle-forgotten.js'
import { chooseGroup } from './choose-group.js'
import { giveUp } from './give-up.js'
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

/** Once more where the connection is lost meanwhile, or right after: it reads then whether they were made. */
async function makeTables(course: Course): Promise<Failure | undefined> {
  for (let losses = 1; !(course.ensured && course.begun); losses++) {
    const { work } = course
    const failure = await work.ensureTables(work)
    if (!failure) return undefined
    const line = losses < MOST_LOSSES ? await reconnect(course, failure) : undefined
    if (line === undefined) return failure
    course.work = { ...work, ...line }
    Object.assign(course, beforeFirst(line))
  }
  return undefined
}

const MOST_LOSSES = 3

/** The CLI is content with whatever index is there: what files left that failed is taken away before any is pushed. */
async function settleBefore(course: Course): Promise<boolean> {
  for (let losses = 1; ; losses++) {
    const { work } = course
    const [first] = work.migrations
    const stop = first && !work.signal.aborted ? await settleForgotten(work, false) : undefined
    if (!first || !stop || !('failure' in stop)) return true
    const line =
      stop.kind === 'lost' && losses < MOST_LOSSES ? await reconnect(course, stop.failure) : undefined
    if (line === undefined) return giveUp(course, first, { state: 'failed', failure: stop.failure })
    course.work = { ...work, ...line }
  }
}

async function reconnect({ work }: Course, { message }: Failure): Promise<Line | undefined> {
  await work.session[Symbol.asyncDispose]()
  return work.reconnect(message)
}

function giveUpAll(course: Course, failure: Failure): Course['outcomes'] {
  enter(course, 0, { state: 'failed', failure })
  return course.outcomes
}
