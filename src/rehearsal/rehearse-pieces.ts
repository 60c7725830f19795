import type { Failure } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import { layOutPieces } from '../sql/lay-out-pieces.js'
import { locateFailure } from '../sql/locate-failure.js'
import { CHECK_FAILED } from '../sql/raise.js'
import { beginFile } from './begin-file.js'
import { type Course, enter } from './course.js'
import { makeFrame } from './frame.js'
import { questionsOf } from './measuring/ask-along.js'
import { type Passed, passBy } from './pass-by.js'
import { commitsEach } from './rehearsal.js'
import { failed, loseConnection } from './when-it-fails.js'

/**
 * Rehearses a file too large for one message, piece by piece. What its statements do is not asked about.
 *
 * @returns whether there is a way on
 */
export async function rehearsePieces(course: Course, migration: RunnableMigration): Promise<boolean> {
  const { rehearsal, next } = course
  const { observe, migrations, limit } = rehearsal
  const frame = makeFrame(rehearsal, questionsOf(course))
  const started = performance.now()
  const { name } = migration.file
  observe({ kind: 'rehearsing', name, index: next + 1, count: migrations.length })
  limit(
    `What the statements of ${name} do was not measured: it is too large, or could not be read as a whole.`,
  )
  if (!(await beginFile(course, frame, migration))) return false
  for (const layout of layOutPieces(migration)) {
    const passed = await passBy(course, layout.sent, { copies: layout.copies })
    const { reply } = passed
    if (reply.state === 'lost') return loseConnection(course, reply, [])
    if (reply.error) return failedInside(course, migration, locateFailure(reply, migration, layout), passed)
  }
  const passed = await passBy(course, frame.after(migration, ''), { keepRows: true })
  const { reply } = passed
  if (reply.state === 'lost') return loseConnection(course, reply, [])
  if (reply.error) {
    const { code, message } = reply.error
    return failedInside(course, migration, { code, message }, passed)
  }
  enter(course, { state: 'rehearsed' }, Math.round(performance.now() - started))
  return true
}

/** What failed is taken back only where the savepoint of the rehearsal is there still, whatever the parser saw in the file. */
async function failedInside(
  course: Course,
  migration: RunnableMigration,
  failure: Failure,
  passed: Passed,
): Promise<boolean> {
  const { rehearsal } = course
  if (commitsEach(rehearsal)) return failed(course, migration, failure, passed)
  const back = await rehearsal.session.send(makeFrame(rehearsal).back(passed.reply.state))
  if (back.state === 'lost') return loseConnection(course, back, [])
  if (!back.error) return failed(course, migration, failure, passed)
  const message = `${ENDED[rehearsal.place]} (it failed then: ${failure.message})`
  return failed(course, migration, { ...failure, code: CHECK_FAILED.record, message }, passed)
}

const ENDED = {
  target:
    'the file ended the transaction that it was rehearsed in: what it and the files before it did may be kept, and nothing records it',
  shadow: 'the file ended the transaction that it was rehearsed in',
} as const
