import type { RecordedProgress } from '../../model/bookkeeping.js'
import type { Journal } from '../../model/journal.js'
import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Reply } from '../../model/session.js'
import { inAnyEncoding } from '../../sql/in-any-encoding.js'
import { renderJournal } from '../../sql/journal-text.js'
import type { Work } from '../executor.js'
import { recordOf, sendOwn } from './record.js'

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

/** SQL that records how far a file came, for a transaction of whatever was done, in whatever encoding the file has set. */
export function journalSql(work: Work, migration: RunnableMigration, journal: Journal): string {
  return inAnyEncoding(work.bookkeeping.progress(recordOf(work, migration), recorded(journal)))
}

/** Records how far a file came, in a transaction of its own. */
export async function keepJournal(
  work: Work,
  migration: RunnableMigration,
  journal: Journal,
): Promise<Failure | undefined> {
  return failureOf(await sendOwn(work, journalSql(work, migration, journal)))
}

/** The error of a message of ours, which has no place in the file. */
export function failureOf({ error }: Reply): Failure | undefined {
  return error ? { code: error.code, message: error.message } : undefined
}
