import type { ServerError } from '../../model/session.js'
import type { Executor } from '../executor.js'
import { afterEnd, afterLoss, goOnAfter } from './after-loss.js'
import { applyBatch } from './apply-batch.js'
import { applyOutsideTransaction } from './apply-outside-transaction.js'
import { applyTogether } from './apply-together.js'
import { chooseGroup, type Group } from './choose-group.js'
import { announce, beginCourse, type Course, enter, triesOf } from './course.js'
import { giveUp } from './give-up.js'
import { isLoss } from './is-loss.js'
import { lockAgain } from './lock-again.js'
import type { Reached, Stop } from './reached.js'
import { resetAfter } from './record.js'
import { recordSchemaNow } from './record-schema-now.js'
import { settleForgotten } from './settle-forgotten.js'
import { settleLeftovers } from './settle-leftovers.js'
import { waitToRetry } from './wait-to-retry.js'

/**
 * Our own executor: plain SQL over one connection, a transaction a file, many files a message. Goes on by itself after
 * a lost connection, and tries again what only failed to get a lock.
 */
export const applySql: Executor = async (work) => {
  const course = beginCourse(work)
  let goOn = true
  while (goOn && course.next < work.migrations.length && !work.signal.aborted) {
    const group = chooseGroup(course)
    for (const migration of group.migrations) triesOf(course, migration)
    const { applied, stop } = await applyGroup(course, group)
    course.next += applied
    tellSent(course, stop)
    goOn = !stop || (await resume(course, { ...group, migrations: group.migrations.slice(applied) }, stop))
  }
  await recordSchemaNow(course)
  return course.outcomes
}

/** The server has answered: it is at most at work on what it stopped at, to record that. */
function tellSent({ work, next }: Course, stop: Stop | undefined): void {
  if (stop?.kind === 'lost') return
  const { ahead = 0 } = stop && 'ahead' in stop ? stop : {}
  if (stop?.kind === 'ended') work.sent?.(next, ahead + 1)
  else work.sent?.(next + ahead, stop?.kind === 'failed' || stop?.kind === 'told' ? 1 : 0)
}

async function applyGroup(course: Course, group: Group): Promise<Reached> {
  if (group.kind === 'outside') {
    if (!course.ensured || !course.begun) return { applied: 0, stop: { kind: 'no-tables' } }
    const stop = await settleBefore(course)
    return stop ? { applied: 0, stop } : applyOutside(course)
  }
  const stop = (await settleBefore(course)) ?? (await settleLeftovers(course.work, group))
  if (stop) return { applied: 0, stop }
  return group.kind === 'batch' ? applyBatch(course, group) : applyTogether(course, group)
}

/** Before the first file: what one leaves behind that is not part of the run could be in the way of any of them. */
async function settleBefore({ work, next }: Course): Promise<Stop | undefined> {
  return next === 0 ? settleForgotten(work) : undefined
}

async function applyOutside(course: Course): Promise<Reached> {
  const { work, next } = course
  const migration = work.migrations[next]
  if (!migration) return { applied: 0 }
  announce(course, next)
  work.sent?.(next, 1)
  // What it did before its connection was lost is its time too.
  const { toldAt: begunAt = Date.now() } = triesOf(course, migration)
  const { state, failure, isOver, ...applied } = await applyOutsideTransaction(
    work,
    migration,
    (reason) => lockAgain(course, migration, 0, reason),
    begunAt,
  )
  if (course.work.migrations[course.next] !== migration) return { applied: 0 }
  const durationMs = Date.now() - begunAt
  if (state === 'applied') enter(course, next, { state, durationMs, ...applied })
  if (state === 'applied' || !failure) return { applied: 1 }
  if (isLoss(failure) && !isOver) return { applied: 0, stop: { kind: 'lost', failure, at: migration } }
  return { applied: 0, stop: { kind: 'told', state, failure, durationMs, ...applied } }
}

/** @returns whether there is a way on */
async function resume(course: Course, group: Group, stop: Stop): Promise<boolean> {
  switch (stop.kind) {
    case 'no-tables':
      return makeTables(course, group, stop.refused)
    case 'refused':
      separate(course, group, stop.culprit)
      return true
    case 'lost':
      return afterLoss(course, group, stop)
    case 'not-set-back':
      // A request to cancel that hit what follows a file: what comes after it was not begun.
      return !course.work.signal.aborted && afterLoss(course, group, { failure: stop.failure })
    case 'ended':
      return afterEnd(course, stop)
    case 'told':
      return tell(course, stop)
    case 'failed':
      return (await triedAgain(course, stop)) || fail(course, stop)
  }
}

async function makeTables(course: Course, group: Group, refused: ServerError | undefined): Promise<boolean> {
  const failure = await course.work.ensureTables(course.work, refused)
  if (failure) return afterLoss(course, group, { failure })
  course.ensured = true
  course.begun = true
  return true
}

/** The file that the server could not read is sent alone, or each where that is not known. */
function separate({ alone, work, next }: Course, group: Group, culprit: number | undefined): void {
  const file = culprit === undefined ? undefined : work.migrations[next + culprit]
  for (const migration of file ? [file] : group.migrations) alone.add(migration)
}

/** What was rolled back is sent again where its failure could not be recorded for want of a connection. */
function fail(course: Course, stop: Extract<Stop, { kind: 'failed' }>): Promise<boolean> {
  if (stop.state === 'partial' || course.work.signal.aborted) return giveUp(course, stop)
  const { ahead = 0 } = stop
  const at = course.work.migrations[course.next + ahead]
  return giveUp(course, stop, (failure) => goOnAfter(course, { failure, at, ahead, isOurs: true }))
}

function tell(course: Course, { kind: _, ...outcome }: Extract<Stop, { kind: 'told' }>): false {
  enter(course, course.next, outcome)
  return false
}

async function triedAgain(
  course: Course,
  { failure, state, ahead = 0 }: Extract<Stop, { kind: 'failed' }>,
): Promise<boolean> {
  const { work, next } = course
  const migration = work.migrations[next + ahead]
  if (!migration || state === 'partial') return false
  if (!(await waitToRetry(work, migration, failure, triesOf(course, migration)))) return false
  await work.session.send(resetAfter(work))
  return true
}
