import type { AppliedRecord } from '../model/history.js'
import { unwrapDown } from '../sql/down-journal.js'
import { findForgotten } from './find-forgotten.js'

/** What an earlier run left of a file outside a transaction stays, whatever its record is made to say. */
export function leftOf(record: AppliedRecord | undefined): string[] {
  if (record && findForgotten([record], []).length > 0)
    return [
      'What its statement left that failed stays as it is, such as an INVALID index, and is not looked for any more: look before.',
    ]
  if (record === undefined || !['running', 'partial', 'unknown'].includes(record.status)) return []
  if (unwrapDown(record.journal) !== undefined)
    return ['It is undone in part, and stays so: look before what of it is there.']
  const done = record.statementsDone ?? 0
  const so =
    done === 0
      ? 'What an earlier run did of it is not known'
      : `${done} of its statements ${done === 1 ? 'is' : 'are'} done, and one more may be`
  return [`${so}; it stays as it is, and so does an INVALID index that it may have left: look before.`]
}
