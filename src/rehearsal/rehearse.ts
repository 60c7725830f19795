import type { Rehearsed } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import { MESSAGE_BYTES } from '../sql/compose-message.js'
import { beginCourse, type Course, enter } from './course.js'
import { mayBeMissed, whyNot } from './left-out.js'
import { concludeMeasuring } from './measuring/conclude.js'
import { lookBefore } from './measuring/look-before.js'
import { commitsEach, type Rehearsal } from './rehearsal.js'
import { rehearseGroup } from './rehearse-group.js'
import { rehearsePieces } from './rehearse-pieces.js'
import { rehearseSteps } from './rehearse-steps.js'

/**
 * Executes the pending migrations, measures what each statement does, and returns one result for each; stops at the
 * first that fails. Many files go in one message.
 *
 * On a target in one transaction that is rolled back: takes the locks that the migrations take, within the budget, and
 * sends no transaction control of a file, and nothing that it is told to leave. On a shadow each file commits, as it
 * will.
 *
 * @throws ConnectionError when the connection is lost: nothing was applied, so all of it can be done again
 */
export async function rehearse(rehearsal: Rehearsal): Promise<Rehearsed[]> {
  const course = beginCourse(rehearsal)
  const { migrations, signal } = rehearsal
  let goOn = !commitsEach(rehearsal) || (await lookBefore(course))
  while (goOn && course.next < migrations.length && !signal.aborted) {
    const migration = migrations[course.next]
    if (!migration) break
    const reason = whyNot(migration, course.left.get(migration) ?? [], rehearsal)
    if (reason !== undefined) skip(course, migration, reason)
    else if (migration.pieces) goOn = await rehearsePieces(course, migration)
    else if (goesInSteps(course, migration)) goOn = await rehearseSteps(course, migration)
    else goOn = await rehearseGroup(course, chooseGroup(course))
  }
  return concludeMeasuring(course)
}

/** Outside a transaction, as it will run. */
function goesInSteps({ rehearsal }: Course, { mode }: RunnableMigration): boolean {
  return commitsEach(rehearsal) && mode === 'no-transaction'
}

function skip(course: Course, migration: RunnableMigration, reason: string): void {
  const { past, left, rehearsal } = course
  const out = left.get(migration) ?? []
  if (!migration.statements) past.notRun.push(migration)
  else if (out.length === 0 || out.some(mayBeMissed)) past.leftOut.push(migration)
  if (out.some(({ outside }) => outside === undefined)) past.escaped.push(migration)
  enter(course, { state: 'not-rehearsable', reason: rehearsal.redact(reason) })
}

function chooseGroup(course: Course): readonly RunnableMigration[] {
  const { rehearsal, next, alone } = course
  const left = rehearsal.migrations.slice(next)
  let bytes = 0
  const end = left.findIndex((migration, index) => {
    const isFull = bytes >= MESSAGE_BYTES
    bytes += Buffer.byteLength(migration.text)
    const own =
      alone.has(migration) ||
      migration.pieces ||
      migration.reached ||
      goesInSteps(course, migration) ||
      whyNot(migration, course.left.get(migration) ?? [], rehearsal) !== undefined
    const first = left[0] ?? migration
    const isAlone = alone.has(first) || first.reached !== undefined
    return index > 0 && (own || isFull || isAlone)
  })
  return end === -1 ? left : left.slice(0, end)
}
