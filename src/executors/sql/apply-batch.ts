import type { RunnableMigration } from '../../model/plan.js'
import type { Reply } from '../../model/session.js'
import type { OtherSession } from '../../model/watch.js'
import type { Group } from './choose-group.js'
import { type Batch, composeBatch } from './compose-batch.js'
import type { Course } from './course.js'
import { followMarks } from './follow-marks.js'
import type { Reached } from './reached.js'
import { readReply } from './read-reply.js'
import { rollBack } from './record.js'
import { send } from './send.js'
import { watchedLockTimeout } from './watched-lock-timeout.js'

/** Sends a group of migrations as one message, each in a transaction, and reads from the answer how far it came. */
export async function applyBatch(course: Course, group: Group): Promise<Reached> {
  const { work } = course
  const progress = followMarks(course, group)
  const epilogue = epilogueOf(course, group)
  const { onMark, markOf, readMark } = progress
  const frame = { prologue: prologueOf(course), epilogue, readMark, markOf, waits: course.waits }
  const batch = composeBatch(work, group.migrations, frame)
  const last = markOf(group.migrations.length - 1)
  work.sent?.(course.next, group.migrations.length)
  const { reply, blockers } = await sendBatch(course, group.migrations, batch, onMark, last)
  const reached = readReply(reply, batch, progress.told())
  progress.catchUp(reached.applied)
  await rollBack(work, reply)
  if (!reached.stop && epilogue) course.recorded = true
  return withBlockers(reached, blockers)
}

/** Sends a message of migrations. From the first that gets so far the tracking tables are there. */
export async function sendBatch(
  course: Course,
  migrations: readonly RunnableMigration[],
  batch: Pick<Batch, 'sent' | 'copies' | 'prologue'>,
  onMark: (mark: string) => void,
  lastMark?: string,
): Promise<{ readonly reply: Reply; readonly blockers: readonly OtherSession[] }> {
  const { work } = course
  const sent = await send(work, batch.sent, {
    copies: batch.copies,
    lockMs: watchedLockTimeout(work, migrations),
    onMark,
    isLastMark: (mark) => mark === lastMark,
  })
  if (sent.reply.state !== 'lost' && sent.reply.completed >= batch.prologue) {
    course.ensured = true
    course.begun = true
  }
  return sent
}

/** A failure with those who were in its way. */
export function withBlockers(reached: Reached, blockers: readonly OtherSession[]): Reached {
  if (reached.stop?.kind !== 'failed' || blockers.length === 0) return reached
  return { ...reached, stop: { ...reached.stop, failure: { ...reached.stop.failure, blockers } } }
}

/** SQL that makes the tracking tables where they are not there, and records that the run begins, in a transaction of its own. */
export function prologueOf({ work, ensured, begun }: Course): string {
  if (ensured && begun) return ''
  const { ensure, begins } = work.bookkeeping
  return `BEGIN READ WRITE;\nSET LOCAL search_path = pg_catalog, pg_temp;\nSET LOCAL statement_timeout = 0;\n${ensured ? '' : ensure}\n${begins}\nCOMMIT;\n`
}

/** SQL that records what the schema is, in a transaction of its own, where nothing is left to be sent after a group. */
export function epilogueOf({ work, next }: Course, { migrations }: Group): string {
  return next + migrations.length === work.migrations.length ? (work.recordSchema ?? '') : ''
}
