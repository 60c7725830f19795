import type { Rehearsed } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import { MESSAGE_BYTES } from '../sql/compose-message.js'
import { RESET_SESSION } from '../sql/session-reset.js'
import { beginCourse, type Course, enter } from './course.js'
import { whyNot } from './left-out.js'
import type { Rehearsal } from './rehearsal.js'
import { rehearseGroup } from './rehearse-group.js'
import { rehearsePieces } from './rehearse-pieces.js'

/**
 * Executes the pending migrations on the target in one transaction and rolls it back; many files go in one message.
 * Takes the locks the migrations take, within the budget. Sends no transaction control of a file. Returns one result
 * for each, and stops at the first that fails.
 *
 * @throws ConnectionError when the connection is lost: nothing was applied, so all of it can be done again
 */
export async function rehearse(rehearsal: Rehearsal): Promise<Rehearsed[]> {
  const course = beginCourse(rehearsal)
  const { migrations, session, settings, signal } = rehearsal
  for (let goOn = true; goOn && course.next < migrations.length && !signal.aborted; ) {
    const migration = migrations[course.next]
    const reason = migration && whyNot(migration)
    if (reason !== undefined) skip(course, reason)
    else if (migration?.pieces) goOn = await rehearsePieces(course, migration)
    else goOn = await rehearseGroup(course, chooseGroup(course))
  }
  if (course.opened) await session.send(`ROLLBACK;\n${RESET_SESSION}\n${settings}`)
  return course.results
}

function skip(course: Course, reason: string): void {
  const { rehearsal, past, next } = course
  for (const migration of rehearsal.migrations.slice(next, next + 1))
    (migration.statements ? past.leftOut : past.notRun).push(migration)
  enter(course, { state: 'not-rehearsable', reason })
}

function chooseGroup({ rehearsal, next, alone }: Course): readonly RunnableMigration[] {
  const left = rehearsal.migrations.slice(next)
  let bytes = 0
  const end = left.findIndex((migration, index) => {
    bytes += Buffer.byteLength(migration.text)
    const own = alone.has(migration) || migration.pieces || whyNot(migration) !== undefined
    const full = bytes > MESSAGE_BYTES || alone.has(left[0] ?? migration)
    return index > 0 && (own || full)
  })
  return end === -1 ? left : left.slice(0, end)
}
