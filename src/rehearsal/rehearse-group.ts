import { randomUUID } from 'node:crypto'
import type { RunnableMigration } from '../model/plan.js'
import type { Reply } from '../model/session.js'
import { findCulprit } from '../sql/find-culprit.js'
import { findLayout } from '../sql/find-layout.js'
import { locateFailure } from '../sql/locate-failure.js'
import { setMark } from '../sql/mark.js'
import { isAtTables } from '../sql/session-limit.js'
import { beginFile } from './begin-file.js'
import { composeRehearsal, type RehearsalMessage } from './compose-rehearsal.js'
import { type Course, enter } from './course.js'
import { followMarks } from './follow-marks.js'
import { type Frame, makeFrame } from './frame.js'
import { endMeasuring, isMeasured, questionsOf } from './measuring/ask-along.js'
import { passBy } from './pass-by.js'
import { setSession } from './set-session.js'
import { showPassed } from './show-passed.js'
import { failed, loseConnection, noTables } from './when-it-fails.js'
import { withoutLeft } from './without-left.js'

/**
 * Sends migrations as one message and enters what they showed, up to the first that failed.
 *
 * @returns whether there is a way on
 */
export async function rehearseGroup(course: Course, group: readonly RunnableMigration[]): Promise<boolean> {
  const { rehearsal, measuring, left } = course
  const token = randomUUID()
  const progress = followMarks(rehearsal, group, course.next, token)
  const questions = questionsOf(course)
  const around = makeFrame(rehearsal, questions)
  const [first] = group
  const stop = first?.reached ? await carryOn(course, first, around) : undefined
  if (stop !== undefined) return stop
  const frame = first?.reached ? { ...around, before: () => '' } : around
  const files = group.map((whole) => ({
    whole,
    sent: withoutLeft(whole, left.get(whole) ?? []),
    measured: isMeasured(course, whole),
  }))
  const message = composeRehearsal(files, frame, course.opened ? '' : frame.opening, questions, (index) =>
    setMark(`${token} ${index}`),
  )
  const passed = await passBy(course, message.sent, {
    copies: message.copies,
    keepColumn: questions.column,
    onMark: progress.onMark,
  })
  const { reply } = passed
  if (isAtTables(reply, message.prologue)) throw noTables(reply, rehearsal)
  if (reply.state === 'lost') return loseConnection(course, reply, progress.durations)
  if (reply.completed >= message.prologue) course.opened = true
  measuring.log.push(...questions.read(reply))
  const through = reply.error
    ? message.blocks.filter((block) => block.throughAt <= reply.completed).length
    : group.length
  for (const [index, migration] of group.slice(0, through).entries())
    enter(course, showPassed(course, migration), progress.durations[index])
  const block = message.blocks[through]
  if (!reply.error || !block) return true
  if (questions.isRefused(reply)) return endMeasuring(course, reply, block.whole)
  if (reply.completed === 0 && group.length > 1) return separate(course, group, message, reply, frame)
  if (reply.completed < message.prologue && reply.completed > 0) throw noTables(reply, rehearsal)
  const layout = findLayout(reply, block.layouts)
  if (!layout) throw new Error('A file has no place in the message that it was sent in.')
  return failed(course, block.sent, locateFailure(reply, block.sent, layout), passed)
}

/** A file that goes on where an earlier run ended is the only one of its message, and its session is set before. */
async function carryOn(
  course: Course,
  migration: RunnableMigration,
  frame: Frame,
): Promise<boolean | undefined> {
  return (await beginFile(course, frame, migration)) ? setSession(course, migration) : false
}

/** The server could read none of the message: the file to blame goes alone, or each where that is not known. */
async function separate(
  course: Course,
  group: readonly RunnableMigration[],
  { sent, blocks }: RehearsalMessage,
  reply: Reply,
  frame: Frame,
): Promise<true> {
  const places = blocks.flatMap(({ layouts }) => layouts.slice(-1).map((layout) => ({ layout })))
  const culprit = findCulprit(reply, sent, places)
  for (const migration of culprit === undefined ? group : group.slice(culprit, culprit + 1))
    course.alone.add(migration)
  if (reply.state === 'E') await course.rehearsal.session.send(frame.back('E'))
  return true
}
