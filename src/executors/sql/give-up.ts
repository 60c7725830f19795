import type { Failure, Outcome } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import { CHECK_FAILED } from '../../sql/raise.js'
import { splitSteps } from '../../sql/split-steps.js'
import { CANCELLED } from './cancelled.js'
import { type Course, enter, triesOf } from './course.js'
import { describeAtomicity } from './describe-atomicity.js'
import { lockAgain } from './lock-again.js'
import type { Stop } from './reached.js'
import { asRecorded, sendFailure } from './record.js'

/**
 * Records a failure in a transaction of its own and enters it.
 *
 * @param whenLost asked where the connection is lost before it is recorded: the server may have crashed, and have lost what
 *   was committed before, too. Undefined: there is no other connection
 * @returns whether there is a way on: without that, there is none
 */
export async function giveUp(
  course: Course,
  { failure, state, ahead = 0 }: Omit<Extract<Stop, { kind: 'failed' }>, 'kind'>,
  whenLost?: (loss: Failure) => Promise<boolean | undefined>,
): Promise<boolean> {
  const { work } = course
  const next = course.next + ahead
  const migration = work.migrations[next]
  if (!migration) return false
  const spentMs = Date.now() - triesOf(course, migration).begunAt
  const said = work.signal.aborted ? asCancelled(failure, work.signal) : failure
  const fields = { status: state, executionTimeMs: spentMs, statementsDone: null }
  const locked = failure.code === CHECK_FAILED.lock ? await lockAgain(course, migration, ahead) : work
  if (locked === 'elsewhere') return true
  const reply = locked && (await sendFailure(locked, migration, said, fields))
  if (whenLost && reply?.state === 'lost') {
    const goesOn = await whenLost({ code: 'connection-lost', message: reply.error?.message ?? '' })
    if (goesOn !== undefined) return goesOn
  }
  const told = reply
    ? asRecorded(said, reply)
    : { ...said, message: `${said.message} (not recorded: another run holds the lock now)` }
  enter(course, next, { state, failure: told, durationMs: spentMs, ...atomicityOf(migration) })
  return false
}

/** What is sent statement by statement can be carried on. */
function atomicityOf(migration: RunnableMigration): Pick<Outcome, 'atomicity'> {
  if (migration.mode !== 'no-transaction' || !migration.statements) return {}
  return { atomicity: describeAtomicity(splitSteps(migration)) }
}

function asCancelled(failure: Failure, signal: AbortSignal): Failure {
  return failure.code === CANCELLED
    ? { ...failure, message: `cancelled by ${String(signal.reason)}: ${failure.message}` }
    : failure
}
