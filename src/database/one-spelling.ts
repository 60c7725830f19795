import type { Bookkeeping, RecordedMigration } from '../model/bookkeeping.js'
import type { AppliedRecord } from '../model/history.js'
import type { Target } from '../model/target.js'
import { versionKey } from '../model/version.js'
import { quoteLiteral } from '../sql/identifier.js'
import { trackingNames } from './tracking-names.js'

/**
 * The same bookkeeping, for which `1` and `01` are one version: what a file that was renamed left under another spelling is
 * taken away in the transaction that writes its row, as it would be replaced in that row. Nothing is sent where there is none.
 *
 * @param records as they were read
 */
export function withOneSpelling(
  books: Bookkeeping,
  target: Target,
  records: readonly AppliedRecord[],
): Bookkeeping {
  // Nothing goes on from another spelling: a row that says how far a file came stops the run before.
  const stale = records.filter(({ status, journal }) => status !== 'completed' && journal === null)
  if (stale.length === 0) return books
  const byKey = new Map<string, AppliedRecord[]>()
  for (const record of stale) {
    const key = versionKey(record.version)
    byKey.set(key, [...(byKey.get(key) ?? []), record])
  }
  const takeAway = ({ version }: RecordedMigration) =>
    (byKey.get(versionKey(version)) ?? [])
      .filter((record) => record.version !== version)
      .map((record) => `${remove(target, record)}\n`)
      .join('')
  return {
    ...books,
    start: (migration, reached) => takeAway(migration) + books.start(migration, reached),
    fail: (migration, failure) => takeAway(migration) + books.fail(migration, failure),
  }
}

function remove({ tracking }: Target, { version, status }: AppliedRecord): string {
  return `DELETE FROM ${trackingNames(tracking).table} WHERE version = ${quoteLiteral(version)} AND status = ${quoteLiteral(status)} AND journal IS NULL;`
}
