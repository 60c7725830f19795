import type { RunnableMigration } from '../../model/plan.js'
import { MESSAGE_BYTES } from '../../sql/compose-message.js'
import { epilogueOf, prologueOf, sendBatch, withBlockers } from './apply-batch.js'
import type { Group } from './choose-group.js'
import { composeTogether } from './compose-batch.js'
import type { Course } from './course.js'
import { followMarks } from './follow-marks.js'
import type { Reached } from './reached.js'
import { readReply } from './read-reply.js'
import { rollBack } from './record.js'

/**
 * Applies a group in one transaction: in one message, or where it is larger than one may be, in several, of which the
 * last commits. Nothing stays unless all of it does.
 */
export async function applyTogether(course: Course, group: Group): Promise<Reached> {
  const { work } = course
  const progress = followMarks(course, group)
  const parts = intoMessages(group.migrations)
  let before = 0
  for (const [index, migrations] of parts.entries()) {
    const isLast = index === parts.length - 1
    if (work.signal.aborted && index > 0) return leave(course)
    const frame = {
      prologue: index === 0 ? prologueOf(course) : '',
      epilogue: isLast ? epilogueOf(course, group) : '',
      markOf: markFrom(before, progress.markOf),
      opens: index === 0,
      closes: isLast,
    }
    const batch = composeTogether(work, migrations, frame)
    const { reply, blockers } = await sendBatch(course, migrations, batch, progress.onMark)
    const reached = readReply(reply, batch, { together: true, told: 0, ends: isLast ? 'I' : 'T' })
    await rollBack(work, reply)
    if (reached.stop) {
      return withBlockers(shifted(reached, before), blockers)
    }
    before += migrations.length
    if (frame.epilogue) course.recorded = true
  }
  progress.catchUp(before)
  return { applied: before }
}

async function leave({ work }: Course): Promise<Reached> {
  await work.session.send('ROLLBACK;')
  return { applied: 0 }
}

function markFrom(before: number, markOf: (index: number) => string): (index: number) => string {
  return (index) => markOf(before + index)
}

/** Nothing of the messages before is committed. */
function shifted({ stop }: Reached, before: number): Reached {
  if (stop?.kind !== 'failed') return { applied: 0, ...(stop ? { stop } : {}) }
  return { applied: 0, stop: { ...stop, ahead: before + (stop.ahead ?? 0) } }
}

function intoMessages(migrations: readonly RunnableMigration[]): RunnableMigration[][] {
  const parts: RunnableMigration[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const migration of migrations) {
    const own = Buffer.byteLength(migration.text)
    if (bytes + own > MESSAGE_BYTES) {
      parts.push([])
      bytes = 0
    }
    parts.at(-1)?.push(migration)
    bytes += own
  }
  return parts
}
