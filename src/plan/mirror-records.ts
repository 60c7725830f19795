import type { AppliedRecord } from '../model/history.js'
import type { MigrationFile } from '../model/migration.js'
import { unwrapDown } from '../sql/down-journal.js'

/**
 * The history as an executor is to see it that undoes migrations as if it applied their down parts: what is applied has no
 * row yet, what is rolled back is done, and what is undone in part goes on where it was.
 *
 * @param downs with the versions of the rows
 */
export function mirrorRecords(
  records: readonly AppliedRecord[],
  downs: readonly MigrationFile[],
): AppliedRecord[] {
  const byVersion = new Map(downs.map((down) => [down.version, down]))
  return records.flatMap((record) => {
    const down = byVersion.get(record.version)
    if (down === undefined) return [record]
    if (record.status === 'completed') return []
    if (record.status === 'rolled_back') return [{ ...record, status: 'completed', checksum: down.checksum }]
    return [{ ...record, journal: unwrapDown(record.journal) ?? record.journal }]
  })
}
