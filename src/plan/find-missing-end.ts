import type { ChainFault, ChainRow, ChainWitness } from '../model/chain.js'

/** What the history says last of a version. */
export interface LastTold {
  readonly isDone: boolean
  /** Absent in what was written by older versions, by other runners, and by hand. */
  readonly checksum: string | null
}

/** Notes what a row says of its version, where it says what became of it. */
export function noteTold(told: Map<string, LastTold>, row: ChainRow): void {
  const isDone = saysDone(row)
  if (isDone !== undefined) told.set(row.version, { isDone, checksum: row.checksum })
}

const UNDONE: readonly string[] = [
  'failed',
  'partial',
  'unknown',
  'cancelled',
  'rehearsal-failed',
  'rolled-back',
]

const KEEPS: readonly string[] = ['failed', 'cancelled', 'rehearsal-failed']

const DONE: readonly string[] = ['applied', 'baselined', 'adopted']

function saysDone({ event, version, action, status, checksum }: ChainRow): boolean | undefined {
  if (version === '') return undefined
  // What failed while it was undone is applied as before, unless it is undone in part.
  if (action === 'rollback' && KEEPS.includes(event ?? '')) return undefined
  if (event !== null && DONE.includes(event)) return true
  // The checksum of what counts as applied from here on; a row that was reverted or cleared has none.
  if (event === 'repaired') return checksum !== null
  if (event !== null) return UNDONE.includes(event) ? false : undefined
  return status === 'success' && action === 'apply'
}

/**
 * Looks beside the chain, from which alone nobody sees that its end was cut off: what the tracking table and the record of
 * the schema tell of has to be in the history.
 */
export function findMissingEnd(
  lastSeq: string,
  told: ReadonlyMap<string, LastTold>,
  { newestSeq, records }: ChainWitness,
): { readonly fault: ChainFault; readonly seq: string; readonly version?: string } | undefined {
  for (const { version, checksum, status } of records) {
    const last = told.get(version)
    const seq = lastSeq
    if (last?.isDone !== SHOULD_BE_DONE.get(status) && SHOULD_BE_DONE.has(status))
      return { fault: 'end-missing', seq, version }
    if (status === 'completed' && last?.checksum && last.checksum !== checksum)
      return { fault: 'other-record', seq, version }
  }
  if (newestSeq !== null && BigInt(newestSeq) > BigInt(lastSeq)) return { fault: 'end-missing', seq: lastSeq }
  return undefined
}

/** By the status in the tracking table. Of the others the history need not say anything. */
const SHOULD_BE_DONE: ReadonlyMap<string, boolean> = new Map([
  ['completed', true],
  ['failed', false],
  ['partial', false],
  ['unknown', false],
])
