import type { RecordedFailure } from '../../model/bookkeeping.js'
import type { AppliedRecord } from '../../model/history.js'
import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Work } from '../executor.js'
import { isAnew, recordOf } from './connect-again.js'
import { asUnread } from './is-loss.js'
import type { LockedAgain } from './lock-again.js'
import type { Applied } from './reached.js'
import { asRecorded, sendFailure } from './record.js'

type Fields = Pick<RecordedFailure, 'executionTimeMs' | 'statementsDone' | 'journal'> & {
  readonly status: 'failed' | 'partial' | 'unknown'
}

/**
 * Records what the server refused of a file outside a transaction; on another connection, where this one is lost: its row
 * says that it is under way, and the next run would have to find out what this one knows. Another run may have had the
 * lock meanwhile: what its row says is left as it is.
 *
 * @param begunBy see {@link isOwnRow}
 */
export async function recordRefusal(
  work: Work,
  migration: RunnableMigration,
  failure: Failure,
  fields: Fields,
  lockedAgain: LockedAgain,
  begunBy: string | undefined,
): Promise<Pick<Applied, 'state' | 'failure' | 'isOver'>> {
  const { status: state } = fields
  const reply = await sendFailure(work, migration, failure, fields)
  if (reply.state !== 'lost') return { state, failure: asRecorded(failure, reply) }
  const other = await lockedAgain('the connection was lost before the failure was recorded')
  if (other === 'elsewhere') return { state: 'unknown', failure }
  if (!other) {
    // That some of it is done is so, whatever its row says.
    if (state === 'partial') return { state, failure: asRecorded(failure, reply) }
    return { state: 'unknown', failure: asUnread(failure), isOver: true }
  }
  const row = recordOf(other.records, migration)
  // Only the answer may have been lost.
  if (row?.status === state && isAnew(recordOf(work.records, migration), row)) return { state, failure }
  if (work.goesBack || !isOwnRow(row, begunBy)) return { state: 'unknown', failure: asUnread(failure) }
  const again = await sendFailure(other, migration, failure, fields)
  if (again.state === 'lost') return { state: 'unknown', failure: asUnread(failure) }
  return { state, failure: asRecorded(failure, again) }
}

/**
 * Whether a row that is read again is the one that this run wrote when it began a file: whoever begins it after that writes a
 * later time. A rollback writes none.
 *
 * @param begunBy the server's clock when that was written, as rows are read
 */
export function isOwnRow(row: AppliedRecord | undefined, begunBy: string | undefined): boolean {
  const { status, appliedAt = null } = row ?? {}
  return status === 'running' && appliedAt !== null && begunBy !== undefined && appliedAt <= begunBy
}
