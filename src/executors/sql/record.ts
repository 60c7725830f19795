import type { RecordedFailure, RecordedMigration } from '../../model/bookkeeping.js'
import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Reply } from '../../model/session.js'
import { AS_OURSELVES, RESET_SESSION } from '../../sql/session-reset.js'
import type { Work } from '../executor.js'

/** What is recorded about a migration of this run. */
export function recordOf(work: Work, { file }: RunnableMigration): RecordedMigration {
  return { version: file.version, name: file.name, checksum: file.checksum, planHash: work.planHash }
}

/** The timeouts a migration runs with: its own directives, else the configuration's. */
export function timeoutsOf(work: Work, { file }: RunnableMigration): { lockMs: number; statementMs: number } {
  return {
    lockMs: file.directives.lockTimeoutMs ?? work.lockTimeoutMs,
    statementMs: file.directives.statementTimeoutMs ?? work.statementTimeoutMs,
  }
}

/** Sends our own statements as one transaction that nothing of a migration can bend. */
export function sendOwn(work: Work, statements: string): Promise<Reply> {
  return work.session.send(`BEGIN;\n${AS_OURSELVES}\n${statements}\nCOMMIT;`)
}

/** The session as it was before the migration, in the next message. */
export function resetAfter(work: Pick<Work, 'settings'>): string {
  return `${RESET_SESSION}\n${work.settings}`
}

/** Rolls back what is open, sets the session back and records the failure in a second, short transaction. */
export async function recordFailure(
  work: Work,
  migration: RunnableMigration,
  failure: Failure,
  recorded: Omit<RecordedFailure, 'event' | 'message'>,
): Promise<Failure> {
  await work.session.send(`ROLLBACK;\n${resetAfter(work)}`)
  const fields: RecordedFailure = { ...recorded, event: 'apply', message: failure.message }
  const reply = await sendOwn(work, work.bookkeeping.fail(recordOf(work, migration), fields))
  if (!reply.error) return failure
  await work.session.send('ROLLBACK;')
  return {
    ...failure,
    message: `${failure.message} (and the failure could not be recorded: ${reply.error.message})`,
  }
}
