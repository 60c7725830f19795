import type { Failure } from '../../model/outcome.js'
import { CANCELLED } from './cancelled.js'
import { type Course, enter, triesOf } from './course.js'
import { lockAgain } from './lock-again.js'
import type { Stop } from './reached.js'
import { recordFailure } from './record.js'

/** Records a failure in a transaction of its own and enters it. @returns false: nothing follows */
export async function giveUp(
  course: Course,
  { failure, state, ahead = 0 }: Omit<Extract<Stop, { kind: 'failed' }>, 'kind'>,
): Promise<false> {
  const { work } = course
  const next = course.next + ahead
  const migration = work.migrations[next]
  if (!migration) return false
  const spentMs = Date.now() - triesOf(course, migration).begunAt
  const said = work.signal.aborted ? asCancelled(failure, work.signal) : failure
  const fields = { status: state, executionTimeMs: spentMs, statementsDone: null }
  const locked = await lockAgain(work, failure)
  const told = locked
    ? await recordFailure(locked, migration, said, fields)
    : { ...said, message: `${said.message} (not recorded: another run holds the lock now)` }
  enter(course, next, { state, failure: told, durationMs: spentMs })
  return false
}

function asCancelled(failure: Failure, signal: AbortSignal): Failure {
  return failure.code === CANCELLED
    ? { ...failure, message: `cancelled by ${String(signal.reason)}: ${failure.message}` }
    : failure
}
