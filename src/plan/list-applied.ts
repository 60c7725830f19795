import type { AppliedRecord } from '../model/history.js'
import type { AppliedEntry } from '../model/plan-document.js'
import { byBytes } from './by-bytes.js'

/**
 * The completed rows, in ascending order of the bytes of their versions, as `ORDER BY version COLLATE "C"` has them.
 * Nothing else counts: a failure recorded meanwhile, or an empty tracking table, is the same history.
 */
export function listApplied(records: readonly AppliedRecord[]): AppliedEntry[] {
  return records
    .filter(({ status }) => status === 'completed')
    .map(({ version, checksum, name }) => ({ version, checksum, name }))
    .sort((a, b) => byBytes(a.version, b.version))
}
