import type { RecordedFailure, RecordedMigration } from '../model/bookkeeping.js'
import { cutMessage } from '../model/cut-message.js'
import { wrapDown } from '../sql/down-journal.js'
import { quoteLiteral } from '../sql/identifier.js'
import { NOTHING_DONE, renderJournal } from '../sql/journal-text.js'

/**
 * SQL that gives a migration's row what a down part left that failed. It is what it was only where neither this failure
 * nor the row tells of a statement that was done or begun: one that the server refused may have left something all the
 * same, such as an INVALID index. Else it is half undone, and keeps how far that came.
 */
export function setBackDown(
  table: string,
  { version }: RecordedMigration,
  { status, journal, statementsDone, message }: RecordedFailure,
): string {
  const isOpen = `version = ${quoteLiteral(version)} AND status NOT IN ('completed', 'rolled_back')`
  const reached = journal === undefined || journal === NOTHING ? undefined : journal
  const asItWas = `UPDATE ${table} SET status = 'completed', statements_done = NULL, journal = NULL, error_message = NULL
    WHERE ${isOpen} AND coalesce(journal, ${WRAPPED}) = ${WRAPPED};\n`
  const far =
    reached === undefined
      ? ''
      : `, statements_done = ${statementsDone ?? 'statements_done'}, journal = ${quoteLiteral(wrapDown(reached))}`
  const said = quoteLiteral(cutMessage(`in its rollback: ${message}`))
  return `${status === 'failed' && reached === undefined ? asItWas : ''}UPDATE ${table} SET status = ${quoteLiteral(status === 'failed' ? 'partial' : status)}, error_message = ${said}${far}
    WHERE ${isOpen};`
}

const NOTHING = renderJournal(NOTHING_DONE)
const WRAPPED = quoteLiteral(wrapDown(NOTHING))
