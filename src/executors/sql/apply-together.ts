import type { Reply } from '../../model/session.js'
import { epilogueOf, prologueOf, sendBatch, withBlockers } from './apply-batch.js'
import type { Group } from './choose-group.js'
import { BACK_TO_SAVEPOINT, composeTogether, type Part } from './compose-together.js'
import type { Course } from './course.js'
import { followMarks } from './follow-marks.js'
import type { Reached, Stop } from './reached.js'
import { endedByItself, readPart } from './read-part.js'
import { lost } from './read-reply.js'
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
  let reached = 0
  for (const part of composeTogether(work, group.migrations, frame)) {
    if (isOpen && work.signal.aborted) return leave(course)
    const migrations = [...new Set(part.shares.map(({ migration }) => migration))]
    reached = Math.max(reached, ...part.shares.map(({ index }) => index + 1))
    work.sent?.(course.next, reached)
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

/**
 * What a file in pieces did may only be said to be undone where its savepoint is there still: its text may have ended the
 * transaction and begun another, whatever the parser saw in it.
 */
async function whetherEnded(
  { work }: Course,
  part: Part,
  reply: Reply,
  stop: Stop | undefined,
): Promise<Stop | undefined> {
  if (stop?.kind !== 'failed') return stop
  const { failure, ahead = 0 } = stop
  if (!hasSavepoint(part, reply, ahead)) return stop
  const back = await work.session.send(BACK_TO_SAVEPOINT)
  if (!back.error) return stop
  const at = part.shares.findLast(({ begunAt }) => begunAt <= reply.completed)
  if (back.state === 'lost' && !part.unread) return lost(back, at, ahead)
  return { kind: 'ended', failure: at?.layout.length === 0 ? endedByItself : failure, ahead }
}

/** Behind the last file COMMIT has failed: that leaves nothing. */
function hasSavepoint({ shares, committedAt }: Part, { completed }: Reply, ahead: number): boolean {
  const own = shares.filter(({ index }) => index === ahead)
  const savedAt = own.find((share) => share.savedAt !== undefined)?.savedAt ?? 0
  const isCut = own.some(({ migration }) => migration.pieces !== undefined)
  return isCut && completed >= savedAt && completed + 1 !== committedAt
}

async function leave({ work }: Course): Promise<Reached> {
  await work.session.send('ROLLBACK;')
  return { applied: 0 }
}
