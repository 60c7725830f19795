import { locateFailure } from '../../sql/locate-failure.js'
import { beginTransaction, closeFile } from './around-file.js'
import { announce, type Course, enter, triesOf } from './course.js'
import type { Reached } from './reached.js'
import { resetAfter, rollBack } from './record.js'
import { sendPieces } from './send-in-pieces.js'

/** Applies one file that does not go as one message: begun, sent and ended in messages of their own, one transaction. */
export async function applyInPieces(course: Course): Promise<Reached> {
  const { work, next } = course
  const migration = work.migrations[next]
  if (!migration) return { applied: 0 }
  announce(course, next)
  const before = beginTransaction(work, migration)
  const after = `${closeFile(work, migration)}\nCOMMIT;`
  const { reply, layout, ended } = await sendPieces(work, migration, before, after)
  if (!reply.error) {
    const reset = reply.state === 'I' ? await work.session.send(resetAfter(work)) : reply
    if (!reset.error && reset.state === 'I') {
      enter(course, next, { state: 'applied', durationMs: Date.now() - triesOf(course, migration).since })
      return { applied: 1 }
    }
    const reason = reset.error?.message ?? 'it is still in a transaction'
    const message = `the session could not be set back: ${reason}`
    return { applied: 0, stop: { kind: 'lost', failure: { code: 'DF003', message } } }
  }
  const failure = locateFailure(reply, migration, layout)
  if (reply.state === 'lost') return { applied: 0, stop: { kind: 'lost', failure } }
  await rollBack(work, reply)
  return { applied: 0, stop: { kind: 'failed', failure, state: ended ? 'partial' : 'failed' } }
}
