import type { RunnableMigration } from '../../model/plan.js'
import type { Reply } from '../../model/session.js'
import type { Course } from '../course.js'
import { makeFrame } from '../frame.js'
import { commitsEach } from '../rehearsal.js'
import { openQuestions, type Questions } from './questions.js'

/**
 * Statements that are asked about. On a target each answer takes longer the more the one transaction has locked; on a
 * shadow that begins anew with each file.
 */
const MOST_ASKED = { target: 1_000, shadow: 20_000 } as const

/** Questions for the next message. */
export function questionsOf({ rehearsal, measuring }: Course): Questions {
  return openQuestions(measuring.key, commitsEach(rehearsal))
}

/** Whether a file is asked about. The first that is too much for it ends the asking, so that what is told is of one stretch. */
export function isMeasured(course: Course, migration: RunnableMigration): boolean {
  const { measuring, rehearsal } = course
  if (measuring.ended) return false
  const most = MOST_ASKED[rehearsal.place]
  measuring.asked += migration.statements?.length ?? 0
  if (measuring.asked <= most) return true
  measuring.ended = true
  rehearsal.limit(
    `From ${migration.file.name} on, what each statement does was not measured: that is done for ${most} statements at the most.`,
  )
  return false
}

/** The server refused to answer: the rest is rehearsed without being measured. */
export async function endMeasuring(
  course: Course,
  { error, state }: Reply,
  migration: RunnableMigration,
): Promise<true> {
  const { rehearsal, measuring, opened } = course
  measuring.ended = true
  // It is sent again, all of it.
  measuring.log = measuring.log.filter((run) => run.migration !== migration || !run.undone)
  rehearsal.limit(
    `From ${migration.file.name} on, what each statement does was not measured: the server would not tell (${error?.message ?? 'without a reason'}).`,
  )
  if (state === 'E') await rehearsal.session.send(opened ? makeFrame(rehearsal).back(state) : 'ROLLBACK;')
  return true
}
