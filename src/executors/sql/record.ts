import type { RecordedFailure, RecordedMigration } from '../../model/bookkeeping.js'
import type { Timeouts } from '../../model/config.js'
import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Reply } from '../../model/session.js'
import type { Watched } from '../../model/watch.js'
import { inAnyEncoding } from '../../sql/in-any-encoding.js'
import { limitSession } from '../../sql/limit-session.js'
import { AS_OURSELVES, resetSessionTo } from '../../sql/session-reset.js'
import { withContext } from '../../sql/with-context.js'
import type { Work } from '../executor.js'
import { CANCELLED } from './cancelled.js'
import { send } from './send.js'
import { type Tries, waitToRetry } from './wait-to-retry.js'

/** What is recorded about a migration of this run. */
export function recordOf(work: Work, { file, forced }: RunnableMigration): RecordedMigration {
  const { version, name, checksum } = file
  return { version, name, checksum, planHash: work.planHash, ...(forced ? { forced } : {}) }
}

/** The timeouts a migration runs with: its own directives, else the configuration's. */
export function timeoutsOf(work: Pick<Work, 'timeouts'>, { file }: RunnableMigration): Timeouts {
  return { ...work.timeouts, ...file.directives.timeouts }
}

/**
 * Sends our own statements as one transaction that nothing a migration set can bend, a read-only default and an encoding
 * included; rolls it back when it fails, and tries again while it only fails to get a lock.
 *
 * @param of the migration that it is about
 * @param first reads the session as the migration left it, in any search path
 */
export async function sendOwn(
  work: Work,
  of: RunnableMigration,
  statements: string,
  first = '',
): Promise<OwnReply> {
  const sql = `BEGIN READ WRITE;\n${first && `${first}\n`}${ownLimits(work)}\n${AS_OURSELVES}\n${inAnyEncoding(statements)}\nCOMMIT;`
  const tries: Tries = { count: 1 }
  for (;;) {
    const answer = await sendOnce(work, sql)
    // A request to cancel the statement before may have come late.
    if (answer.error?.code === CANCELLED && work.signal.aborted) return sendOnce(work, sql)
    if (!answer.error) return answer
    const { error, blockers } = answer
    const failure = { code: error.code, message: `its record: ${error.message}`, blockers }
    if (!(await waitToRetry(work, of, failure, tries))) return answer
  }
}

/** The answer to a message of ours, and who stood in its way. */
export type OwnReply = Reply & Pick<Watched, 'blockers'>

async function sendOnce(work: Work, sql: string): Promise<OwnReply> {
  const { reply, blockers } = await send(work, sql, { keepRows: true })
  await rollBack(work, reply)
  return { ...reply, blockers }
}

/** Those of the run, whatever the file has set. What is done must not be forgotten for having taken long. */
function ownLimits({ timeouts: { lockMs } }: Pick<Work, 'timeouts'>): string {
  return [`SET LOCAL lock_timeout = ${lockMs};`, ...limitSession({ transactionMs: 0 })].join('\n')
}

/** Ends a transaction that an error left open. Where there is none, ROLLBACK would warn in the log. */
export async function rollBack({ session }: Pick<Work, 'session'>, { error, state }: Reply): Promise<void> {
  if (error && (state === 'E' || state === 'T')) await session.send('ROLLBACK;')
}

/** The session as it was before the migration, in the next message. */
export function resetAfter(work: Pick<Work, 'settings'>): string {
  return resetSessionTo(work.settings)
}

type RecordedFields = Omit<RecordedFailure, 'event' | 'message'>

/** Records a failure. What is told of it says so where that was not to be done. */
export async function recordFailure(
  work: Work,
  migration: RunnableMigration,
  failure: Failure,
  recorded: RecordedFields,
): Promise<Failure> {
  return asRecorded(failure, await sendFailure(work, migration, failure, recorded))
}

/** A failure as it is told, after the answer to {@link sendFailure}. */
export function asRecorded(failure: Failure, { error }: Reply): Failure {
  if (!error) return failure
  return {
    ...failure,
    message: `${failure.message} (and the failure could not be recorded: ${error.message})`,
  }
}

/** Sets the session back and records the failure in a second, short transaction; the first is rolled back by now. */
export async function sendFailure(
  work: Work,
  migration: RunnableMigration,
  failure: Failure,
  recorded: RecordedFields,
): Promise<Reply> {
  await work.session.send(resetAfter(work))
  const fields: RecordedFailure = {
    ...recorded,
    event: 'apply',
    message: withContext(failure),
    cancelled: work.signal.aborted && failure.code === CANCELLED,
  }
  return sendOwn(work, migration, work.bookkeeping.fail(recordOf(work, migration), fields))
}
