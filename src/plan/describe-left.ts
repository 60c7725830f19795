import type { AppliedRecord } from '../model/history.js'
import { unwrapDown } from '../sql/down-journal.js'

/** What the rows say that are neither applied nor rolled back, a sentence each. */
export function describeLeft(records: readonly AppliedRecord[]): string[] {
  return records.flatMap((record) => describe(record) ?? [])
}

function describe(record: AppliedRecord): string | undefined {
  const { name, status, appliedAt, errorMessage } = record
  switch (status) {
    case 'failed':
      return `${name} failed when it was tried last, at ${appliedAt}: ${reasonOf(errorMessage)}.`
    case 'running':
      return `${name} is recorded as running since ${appliedAt}: a run is at it just now, or was cut off in it. ${howFar(record)}`
    case 'partial':
    case 'unknown':
      return `${name} is recorded as ${status} since ${appliedAt}: ${reasonOf(errorMessage)}. ${howFar(record)}`
    default:
      return undefined
  }
}

/** As a clause: what is recorded may be sentences. */
function reasonOf(errorMessage: string | null): string {
  return errorMessage?.replace(/\.$/, '') ?? 'no reason is recorded'
}

function howFar({ journal, statementsDone }: AppliedRecord): string {
  if (unwrapDown(journal) !== undefined) return 'It is undone in part.'
  if (statementsDone === null) return 'How far it came is not recorded.'
  return `Of its statements ${statementsDone === 1 ? '1 is' : `${statementsDone} are`} done.`
}
