import type { RecordedProgress } from '../../model/bookkeeping.js'
import type { Journal } from '../../model/journal.js'
import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Reply } from '../../model/session.js'
import { inAnyEncoding } from '../../sql/in-any-encoding.js'
import { renderJournal } from '../../sql/journal-text.js'
import { keepSession, placeSession, readSession } from '../../sql/session-now.js'
import type { Work } from '../executor.js'
import { endedAt } from './is-loss.js'
import { doneNotRecorded, notRecorded } from './not-recorded.js'
import { type OwnReply, recordOf, sendOwn } from './record.js'

/** How far a file outside a transaction came in this run. */
export interface Progress {
  /** What is known to be done; it may not be recorded yet when a failure tells so. */
  readonly journal: Journal
  readonly failure?: Failure
  /** Only a person can tell what is done: the failure says of what. */
  readonly unclear?: true
  /** How often the step was tried that was tried most. */
  readonly attempts?: number
}

/** A journal as the row takes it. */
export function recorded(journal: Journal): RecordedProgress {
  return { statementsDone: journal.done, journal: renderJournal(journal) }
}

/**
 * SQL that records how far a file came, with what the session is set to, for a transaction of whatever was done, in whatever
 * encoding the file has set. After `keepSession`.
 */
export function journalSql(work: Work, migration: RunnableMigration, journal: Journal): string {
  const { session: _, unsettled: __, ...bare } = journal
  const text = renderJournal(bare)
  const reached = { statementsDone: bare.done, journal: bare.done > 0 ? placeSession(text) : text }
  return inAnyEncoding(work.bookkeeping.progress(recordOf(work, migration), reached))
}

/** Records that a statement begins, in a transaction of its own. */
export async function keepJournal(
  work: Work,
  migration: RunnableMigration,
  journal: Journal,
): Promise<Failure | undefined> {
  const failure = failureOf(await sendJournal(work, migration, journal))
  const statement = `statement ${journal.done + 1} of ${migration.statements?.length}`
  return failure && notRecorded(failure, `that ${statement} begins could not be recorded, so it was not sent`)
}

/** Records how far a file came, in a transaction of its own, with what the session is set to in the journal. */
export async function keepProgress(
  work: Work,
  migration: RunnableMigration,
  journal: Journal,
): Promise<Progress> {
  const reply = await sendJournal(work, migration, journal)
  const failure = failureOf(reply)
  if (failure) return { journal, failure: doneNotRecorded(failure, migration, journal.done - 1) }
  const { session: _, unsettled: __, ...bare } = journal
  const session = readSession(reply)
  return { journal: { ...bare, ...(session ? { session } : {}) } }
}

function sendJournal(work: Work, migration: RunnableMigration, journal: Journal): Promise<OwnReply> {
  return sendOwn(work, migration, journalSql(work, migration, journal), keepSession())
}

/** The error of a message of ours, which has no place in the file. */
export function failureOf({ error, blockers = [] }: Reply & Partial<OwnReply>): Failure | undefined {
  if (!error) return undefined
  const failure = { code: error.code, message: error.message, ...endedAt(error) }
  return blockers.length > 0 ? { ...failure, blockers } : failure
}
