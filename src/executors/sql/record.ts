import type { RecordedFailure, RecordedMigration } from '../../model/bookkeeping.js'
import type { Timeouts } from '../../model/config.js'
import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Reply } from '../../model/session.js'
import { inAnyEncoding } from '../../sql/in-any-encoding.js'
import { AS_OURSELVES, RESET_SESSION } from '../../sql/session-reset.js'
import type { Work } from '../executor.js'
import { CANCELLED } from './cancelled.js'

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
 * included; rolls it back when it fails.
 */
export async function sendOwn(work: Work, statements: string): Promise<Reply> {
  const reply = await sendOnce(work, statements)
  // A request to cancel the statement before may have come late.
  return reply.error?.code === CANCELLED && work.signal.aborted ? sendOnce(work, statements) : reply
}

async function sendOnce(work: Work, statements: string): Promise<Reply> {
  const reply = await work.session.send(
    `BEGIN READ WRITE;\n${AS_OURSELVES}\n${inAnyEncoding(statements)}\nCOMMIT;`,
  )
  await rollBack(work, reply)
  return reply
}

/** Ends a transaction that an error left open. Where there is none, ROLLBACK would warn in the log. */
export async function rollBack({ session }: Pick<Work, 'session'>, { error, state }: Reply): Promise<void> {
  if (error && (state === 'E' || state === 'T')) await session.send('ROLLBACK;')
}

/** The session as it was before the migration, in the next message. */
export function resetAfter(work: Pick<Work, 'settings'>): string {
  return `${RESET_SESSION}\n${work.settings}`
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
    message: failure.message,
    cancelled: work.signal.aborted && failure.code === CANCELLED,
  }
  return sendOwn(work, work.bookkeeping.fail(recordOf(work, migration), fields))
}
