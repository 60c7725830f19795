import type { Bookkeeping } from '../../model/bookkeeping.js'
import type { NewRecord, RecordChange } from '../../model/record-change.js'
import type { Target } from '../../model/target.js'
import type { Writer } from '../../model/writer.js'
import { FIRE_ALL } from '../../sql/fire-deferred.js'
import { quoteLiteral } from '../../sql/identifier.js'
import { CHECK_FAILED, raising } from '../../sql/raise.js'
import { checkRecord } from '../check-record.js'
import { trackingNames } from '../tracking-names.js'
import { recordEvent, runColumns } from './record-event.js'

/**
 * One message that writes rows with their events in one transaction, after the tables were made where they are missing.
 * Raises, and nothing of it stays, where a row is not as it is expected to be, or the lock of the run is gone.
 */
export function changeRecords(
  target: Target,
  writer: Writer,
  books: Pick<Bookkeeping, 'ensure' | 'lockHeld' | 'follow'>,
  changes: readonly RecordChange[],
): string {
  return [
    'BEGIN READ WRITE;',
    'SET LOCAL search_path = pg_catalog, pg_temp;',
    'SET LOCAL statement_timeout = 0;',
    FIRE_ALL,
    books.ensure,
    ...changes.flatMap((change) => [changeOne(target, writer, change), books.follow(change)]),
    books.lockHeld,
    'COMMIT;',
  ]
    .filter(Boolean)
    .join('\n')
}

/**
 * The row is changed where it is as it is expected to be, and told of; then it is looked whether that is so. For a
 * transaction with `search_path = pg_catalog, pg_temp`.
 */
export function changeOne(target: Target, writer: Writer, change: RecordChange): string {
  const { version, told, becomes } = change
  const ms = becomes === 'gone' ? undefined : becomes.executionTimeMs
  const milliseconds = `(SELECT CASE WHEN count(*) <> 1 THEN ${raising(CHECK_FAILED.record, notAsRead(version))} ELSE ${ms === undefined ? 'NULL::integer' : Math.round(ms)} END FROM changed)`
  return `WITH changed AS (${writeRow(trackingNames(target.tracking).table, writer, change)} RETURNING version)
  ${recordEvent(target, writer, { ...told, version, milliseconds })};
${checkRecord(target, {
  version,
  row:
    becomes === 'gone'
      ? undefined
      : `status = ${quoteLiteral(becomes.status)} AND checksum = ${quoteLiteral(becomes.checksum)}`,
  event: told.event,
  unlocked: true,
  otherwise: `the record of migration ${version} is not as it was written: a trigger or a rule on the tracking tables changed it`,
})}`
}

function notAsRead(version: string): string {
  return `the record of migration ${version} is not as it was read: somebody changed it meanwhile`
}

function writeRow(table: string, writer: Writer, { version, expected, becomes }: RecordChange): string {
  if (expected === 'absent') {
    if (becomes === 'gone') throw new Error(`the record of ${version} is absent, and is to be gone`)
    const row = { version: quoteLiteral(version), ...rowOf(writer, becomes) }
    return `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).join(', ')}) ON CONFLICT (version) DO NOTHING`
  }
  const isExpected = `WHERE version = ${quoteLiteral(version)} AND status = ${quoteLiteral(expected.status)} AND checksum = ${quoteLiteral(expected.checksum)}`
  if (becomes === 'gone') return `DELETE FROM ${table} ${isExpected}`
  const set = Object.entries(rowOf(writer, becomes)).map(([column, value]) => `${column} = ${value}`)
  return `UPDATE ${table} SET ${set.join(', ')} ${isExpected}`
}

/** SQL expressions by column. */
function rowOf(writer: Writer, becomes: NewRecord): Readonly<Record<string, string>> {
  const { appliedAt, executionTimeMs, appliedBy = writer.actor } = becomes
  const ofRun = {
    applied_at: appliedAt === undefined ? 'clock_timestamp()' : `${quoteLiteral(appliedAt)}::timestamptz`,
    execution_time_ms: executionTimeMs === undefined ? 'NULL' : String(Math.round(executionTimeMs)),
    applied_by: quoteLiteral(appliedBy),
    ...runColumns(writer),
    plan_hash: 'NULL',
  }
  return {
    name: quoteLiteral(becomes.name),
    checksum: quoteLiteral(becomes.checksum),
    status: quoteLiteral(becomes.status),
    error_message: 'NULL',
    transaction_id: 'NULL',
    statements_done: 'NULL',
    journal: 'NULL',
    ...(becomes.keepsRun ? { tool_version: quoteLiteral(writer.toolVersion) } : ofRun),
  }
}
