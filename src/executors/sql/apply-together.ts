import type { Reply } from '../../model/session.js'
import { CHECK_FAILED } from '../../sql/raise.js'
import { epilogueOf, prologueOf, sendBatch, withBlockers } from './apply-batch.js'
import type { Group } from './choose-group.js'
import { BACK_TO_SAVEPOINT, composeTogether, type Part } from './compose-together.js'
import type { Course } from './course.js'
import { followMarks } from './follow-marks.js'
import type { Reached, Stop } from './reached.js'
import { endedByItself, readPart } from './read-part.js'
import { rollBack } from './record.js'

/**
 * Applies a group in one transaction: in one message, or where it is larger than one may be, in several, of which the
 * last commits. Nothing stays unless all of it does.
 */
export async function applyTogether(course: Course, group: Group): Promise<Reached> {
  const { work } = course
  const progress = followMarks(course, group)
  const epilogue = epilogueOf(course, group)
  const frame = { prologue: prologueOf(course), epilogue, markOf: progress.markOf }
  let isOpen = false
  for (const part of composeTogether(work, group.migrations, frame)) {
    if (isOpen && work.signal.aborted) return leave(course)
    const migrations = [...new Set(part.shares.map(({ migration }) => migration))]
    const { reply, blockers } = await sendBatch(course, migrations, part, progress.onMark)
    const stop = await whetherEnded(
      course,
      part,
      reply,
      readPart(reply, part, group.migrations, progress.told()),
    )
    await rollBack(work, reply)
    if (stop) return withBlockers({ applied: 0, stop }, blockers)
    isOpen = true
  }
  if (epilogue) course.recorded = true
  progress.catchUp(group.migrations.length)
  return { applied: group.migrations.length }
}

/** Text that the parser could not read may have ended the transaction before it, or what follows it, failed. */
async function whetherEnded(
  { work }: Course,
  part: Part,
  { completed }: Reply,
  stop: Stop | undefined,
): Promise<Stop | undefined> {
  if (stop?.kind !== 'failed') return stop
  if (!part.unread && !(part.checks && completed === 0) && !missesRecord(part, stop)) return stop
  const back = await work.session.send(BACK_TO_SAVEPOINT)
  if (!back.error) return stop
  const { failure, ahead = 0 } = stop
  return { kind: 'ended', failure: part.unread ? failure : endedByItself, ahead }
}

/** The record of a file with a savepoint is missing: by what the file did to the table, or because this is no transaction of ours. */
function missesRecord({ shares }: Part, { failure, ahead }: Extract<Stop, { kind: 'failed' }>): boolean {
  const isCut = shares.some(({ index, migration }) => index === ahead && migration.pieces !== undefined)
  return isCut && failure.code === CHECK_FAILED.record
}

async function leave({ work }: Course): Promise<Reached> {
  await work.session.send('ROLLBACK;')
  return { applied: 0 }
}
