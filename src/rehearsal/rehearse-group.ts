import { randomUUID } from 'node:crypto'
import type { RunnableMigration } from '../model/plan.js'
import type { Reply } from '../model/session.js'
import { findCulprit } from '../sql/find-culprit.js'
import { locateFailure } from '../sql/locate-failure.js'
import { BUDGET } from './budget.js'
import { composeRehearsal, openRehearsal, type RehearsalMessage } from './compose-rehearsal.js'
import { type Course, enter, type Shown } from './course.js'
import { followMarks } from './follow-marks.js'
import { leftOutOf, listOnce } from './left-out.js'
import { failed, loseConnection, noTables } from './when-it-fails.js'
import { withoutOutside } from './without-outside.js'

/**
 * Sends migrations as one message and enters what they showed, up to the first that failed.
 *
 * @returns whether there is a way on
 */
export async function rehearseGroup(course: Course, group: readonly RunnableMigration[]): Promise<boolean> {
  const { rehearsal } = course
  const token = randomUUID()
  const progress = followMarks(rehearsal, group, course.next, token)
  const message = composeRehearsal(
    rehearsal,
    group.map(withoutOutside),
    course.opened ? '' : openRehearsal(rehearsal),
    (index) => `${token} ${index}`,
  )
  const { sent, copies, blocks, prologue } = message
  let stepDone = () => {}
  const onMark = (mark: string) => {
    stepDone()
    progress.onMark(mark)
  }
  const sending = rehearsal.session.send(sent, { keepRows: false, copies, onMark })
  const { watch, backend } = rehearsal
  const { reply, blockers } = await watch.during(backend, BUDGET.lockMs, sending, (step) => {
    stepDone = step
  })
  if (reply.state === 'lost') return loseConnection(course, reply, progress.durations)
  if (reply.completed >= prologue) course.opened = true
  const through = reply.error
    ? blocks.filter((block) => block.throughAt <= reply.completed).length
    : group.length
  for (const [index, migration] of group.slice(0, through).entries()) {
    if (leftOutOf(migration).length > 0) course.past.leftOut.push(migration)
    enter(course, passed(leftOutOf(migration)), progress.durations[index])
  }
  const block = blocks[through]
  if (!reply.error || !block) return true
  if (reply.completed === 0 && group.length > 1) return separate(course, group, message, reply)
  if (reply.completed < prologue && reply.completed > 0) throw noTables(reply)
  return failed(course, block.migration, locateFailure(reply, block.migration, block.layout), blockers)
}

function passed(left: readonly string[]): Shown {
  if (left.length === 0) return { state: 'rehearsed' }
  return {
    state: 'partly-rehearsed',
    reason: `${listOnce(left)} can not run in a transaction and was left out`,
  }
}

/** The server could read none of the message: the file to blame goes alone, or each where that is not known. */
async function separate(
  course: Course,
  group: readonly RunnableMigration[],
  { sent, blocks }: RehearsalMessage,
  reply: Reply,
): Promise<true> {
  const culprit = findCulprit(reply, sent, blocks)
  for (const migration of culprit === undefined ? group : group.slice(culprit, culprit + 1))
    course.alone.add(migration)
  if (reply.state === 'E') await course.rehearsal.session.send('ROLLBACK TO SAVEPOINT devflow_rehearsal;')
  return true
}
