import type { RunnableMigration } from '../model/plan.js'
import { layOutPieces } from '../sql/lay-out-pieces.js'
import { locateFailure } from '../sql/locate-failure.js'
import { type Course, enter } from './course.js'
import { makeFrame } from './frame.js'
import { questionsOf } from './measuring/ask-along.js'
import { passBy } from './pass-by.js'
import { failed, loseConnection, noTables } from './when-it-fails.js'

/**
 * Rehearses a file too large for one message, piece by piece. What its statements do is not asked about.
 *
 * @returns whether there is a way on
 */
export async function rehearsePieces(course: Course, migration: RunnableMigration): Promise<boolean> {
  const { rehearsal, next } = course
  const { session, observe, migrations, limit } = rehearsal
  const frame = makeFrame(rehearsal, questionsOf(course))
  const started = performance.now()
  const { name } = migration.file
  observe({ kind: 'rehearsing', name, index: next + 1, count: migrations.length })
  limit(
    `What the statements of ${name} do was not measured: it is too large, or could not be read as a whole.`,
  )
  const begun = await session.send(`${course.opened ? '' : frame.opening}\n${frame.before(migration)}`)
  if (begun.state === 'lost') return loseConnection(course, begun, [])
  if (begun.error) throw noTables(begun)
  course.opened = true
  for (const layout of layOutPieces(migration)) {
    const passed = await passBy(course, layout.sent, { copies: layout.copies })
    const { reply } = passed
    if (reply.state === 'lost') return loseConnection(course, reply, [])
    if (reply.error) return failed(course, migration, locateFailure(reply, migration, layout), passed)
  }
  const passed = await passBy(course, frame.after(migration, ''), { keepRows: true })
  const { reply } = passed
  if (reply.state === 'lost') return loseConnection(course, reply, [])
  if (reply.error) {
    const { code, message } = reply.error
    return failed(course, migration, { code, message }, passed)
  }
  enter(course, { state: 'rehearsed' }, Math.round(performance.now() - started))
  return true
}
