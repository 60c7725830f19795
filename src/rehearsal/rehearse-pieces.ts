import type { RunnableMigration } from '../model/plan.js'
import type { Reply } from '../model/session.js'
import type { Watched } from '../model/watch.js'
import { layOutPieces } from '../sql/lay-out-pieces.js'
import { locateFailure } from '../sql/locate-failure.js'
import { BUDGET } from './budget.js'
import { closeRehearsed, openRehearsal, WITHIN_BUDGET } from './compose-rehearsal.js'
import { type Course, enter } from './course.js'
import { failed, loseConnection, noTables } from './when-it-fails.js'

/**
 * Rehearses a file too large for one message, piece by piece.
 *
 * @returns whether there is a way on
 */
export async function rehearsePieces(course: Course, migration: RunnableMigration): Promise<boolean> {
  const { rehearsal, next } = course
  const { session, observe, migrations } = rehearsal
  const started = performance.now()
  observe({ kind: 'rehearsing', name: migration.file.name, index: next + 1, count: migrations.length })
  const begun = await session.send(`${course.opened ? '' : openRehearsal(rehearsal)}\n${WITHIN_BUDGET}`)
  if (begun.state === 'lost') return loseConnection(course, begun, [])
  if (begun.error) throw noTables(begun)
  course.opened = true
  for (const layout of layOutPieces(migration)) {
    const { reply, blockers } = await watched(
      course,
      session.send(layout.sent, { keepRows: false, copies: layout.copies }),
    )
    if (reply.state === 'lost') return loseConnection(course, reply, [])
    if (reply.error) return failed(course, migration, locateFailure(reply, migration, layout), blockers)
  }
  const { reply, blockers } = await watched(course, session.send(closeRehearsed(rehearsal, '')))
  if (reply.state === 'lost') return loseConnection(course, reply, [])
  if (reply.error) {
    const { code, message } = reply.error
    return failed(course, migration, { code, message }, blockers)
  }
  enter(course, { state: 'rehearsed' }, Math.round(performance.now() - started))
  return true
}

function watched({ rehearsal }: Course, sending: Promise<Reply>): Promise<Watched> {
  return rehearsal.watch.during(rehearsal.backend, BUDGET.lockMs, sending)
}
