import type {
  Bookkeeping,
  RecordedFailure,
  RecordedMigration,
  RecordedProgress,
} from '../model/bookkeeping.js'
import type { RunContext } from '../model/config.js'
import type { Target } from '../model/target.js'
import { quoteLiteral } from '../sql/identifier.js'
import { doBlock } from './do-block.js'
import { lockKey, lockKeyParts } from './lock-key.js'
import { trackingDdl } from './tracking-ddl.js'
import { trackingNames } from './tracking-names.js'

/** The run that writes: who, from where, in which environment. */
export interface Writer extends RunContext {
  readonly environment: string
}

/** SQLSTATEs of our own checks. Class DF is used by nobody else. */
export const CHECK_FAILED = { record: 'DF001', lock: 'DF002' } as const

/** The texts that keep history on one target. */
export function makeBookkeeping(target: Target, writer: Writer, schemaExists: boolean): Bookkeeping {
  const names = trackingNames(target.tracking)
  const exactlyOne = (what: string) =>
    `GET DIAGNOSTICS touched = ROW_COUNT;\n  IF touched <> 1 THEN RAISE EXCEPTION USING ERRCODE = '${CHECK_FAILED.record}', MESSAGE = ${quoteLiteral(what)}; END IF;`
  const block = (...statements: string[]) =>
    doBlock(`DECLARE touched bigint;\nBEGIN\n  ${statements.join('\n  ')}\nEND`)
  const complete = (migration: RecordedMigration, where: string) => [
    `UPDATE ${names.table} SET status = 'completed', applied_at = clock_timestamp(), error_message = NULL, journal = NULL, execution_time_ms = ${SINCE_START}
    WHERE version = ${quoteLiteral(migration.version)} AND status = 'running'${where};`,
    exactlyOne(
      `the record of migration ${migration.version} is not as this run left it: the file ended the transaction, or changed the tracking table`,
    ),
    recordEvent(
      names.history,
      writer,
      migration,
      'applied',
      'success',
      recordedTime(names.table, migration),
      null,
    ),
  ]
  return {
    ensure: trackingDdl(target.tracking, schemaExists),
    start: (migration, reached) =>
      block(
        upsert(names.table, running(writer, migration, reached)),
        exactlyOne(`migration ${migration.version} is recorded as completed already`),
      ),
    complete: (migration) =>
      block(...complete(migration, ' AND transaction_id = pg_current_xact_id()'), lockHeld(target)),
    progress: (migration, { statementsDone, journal }) =>
      block(
        `UPDATE ${names.table} SET statements_done = ${statementsDone}, journal = ${quoteLiteral(journal)} WHERE version = ${quoteLiteral(migration.version)} AND status = 'running';`,
        exactlyOne(`the record of migration ${migration.version} is not as this run left it`),
        lockHeld(target),
      ),
    finish: (migration) => block(...complete(migration, ''), lockHeld(target)),
    lockHeld: block(lockHeld(target)),
    fail: (migration, told) => {
      const failure = { ...told, message: cut(told.message) }
      return block(
        upsert(names.table, failed(writer, migration, failure), KEPT_BY[failure.event]),
        exactlyOne(`migration ${migration.version} is recorded as completed already`),
        recordEvent(
          names.history,
          writer,
          migration,
          failure.event === 'rehearsal' ? 'rehearsal-failed' : failure.status,
          'failed',
          String(failure.executionTimeMs),
          failure.message,
        ),
      )
    },
  }
}

/** Milliseconds since the row became `running`: until then `applied_at` holds that moment. */
const SINCE_START = '(extract(epoch FROM clock_timestamp() - applied_at) * 1000)::integer'

function recordedTime(table: string, migration: RecordedMigration): string {
  return `(SELECT execution_time_ms FROM ${table} WHERE version = ${quoteLiteral(migration.version)})`
}

/** SQL expressions by column. */
type Row = Readonly<Record<string, string>>

function running(writer: Writer, migration: RecordedMigration, reached: RecordedProgress | undefined): Row {
  return {
    ...rowOf(writer, migration),
    execution_time_ms: 'NULL',
    status: "'running'",
    error_message: 'NULL',
    transaction_id: 'pg_current_xact_id()',
    statements_done: String(reached?.statementsDone ?? 'NULL'),
    journal: orNull(reached?.journal),
  }
}

function failed(writer: Writer, migration: RecordedMigration, failure: RecordedFailure): Row {
  return {
    ...rowOf(writer, migration),
    execution_time_ms: String(failure.executionTimeMs),
    status: quoteLiteral(failure.status),
    error_message: quoteLiteral(failure.message),
    transaction_id: 'NULL',
    statements_done: String(failure.statementsDone ?? 'NULL'),
    journal: orNull(failure.journal),
  }
}

function rowOf(writer: Writer, migration: RecordedMigration): Row {
  return {
    version: quoteLiteral(migration.version),
    name: quoteLiteral(migration.name),
    applied_at: 'clock_timestamp()',
    checksum: quoteLiteral(migration.checksum),
    applied_by: quoteLiteral(writer.actor),
    ...runColumns(writer, migration),
  }
}

/** How far a file came stays known, unless the failure itself says how far. */
const KEPT: Row = {
  statements_done:
    'CASE WHEN excluded.journal IS NULL AND m.journal IS NOT NULL THEN m.statements_done ELSE excluded.statements_done END',
  journal: 'coalesce(excluded.journal, m.journal)',
}

/** What an earlier run did stays done, whatever a rehearsal of the rest shows. */
const KEPT_BY: Readonly<Record<RecordedFailure['event'], Row>> = {
  apply: KEPT,
  rehearsal: { ...KEPT, status: 'CASE WHEN m.journal IS NULL THEN excluded.status ELSE m.status END' },
}

function upsert(table: string, row: Row, instead: Row = {}): string {
  const columns = Object.keys(row)
  const updates = columns.slice(1).map((column) => `${column} = ${instead[column] ?? `excluded.${column}`}`)
  return `INSERT INTO ${table} AS m (${columns.join(', ')}) VALUES (${Object.values(row).join(', ')})
    ON CONFLICT (version) DO UPDATE SET ${updates.join(', ')} WHERE m.status <> 'completed';`
}

function recordEvent(
  history: string,
  writer: Writer,
  migration: RecordedMigration,
  event: string,
  status: 'success' | 'failed',
  milliseconds: string,
  message: string | null,
): string {
  const values = {
    version: quoteLiteral(migration.version),
    action: "'apply'",
    event: quoteLiteral(event),
    executed_at: 'clock_timestamp()',
    execution_time_ms: milliseconds,
    status: quoteLiteral(status),
    error_message: orNull(message),
    executed_by: quoteLiteral(writer.actor),
    environment: quoteLiteral(writer.environment),
    ...runColumns(writer, migration),
  }
  return `INSERT INTO ${history} (${Object.keys(values).join(', ')}) VALUES (${Object.values(values).join(', ')});`
}

function runColumns(writer: Writer, migration: RecordedMigration): Record<string, string> {
  return {
    run_url: orNull(writer.runUrl),
    run_attempt: String(writer.runAttempt ?? 'NULL'),
    commit_sha: orNull(writer.commitSha),
    plan_hash: quoteLiteral(migration.planHash),
    tool_version: quoteLiteral(writer.toolVersion),
  }
}

/** A server's message can be of any length, and every later run reads it again. */
function cut(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE)}…`
}

const LONGEST_MESSAGE = 4_000

function orNull(text: string | null | undefined): string {
  return text === null || text === undefined ? 'NULL' : quoteLiteral(text)
}

function lockHeld(target: Target): string {
  const { classId, objectId } = lockKeyParts(lockKey(target.database, target.tracking))
  return `IF NOT EXISTS (SELECT FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted
      AND classid = ${classId} AND objid = ${objectId} AND objsubid = 1)
  THEN RAISE EXCEPTION USING ERRCODE = '${CHECK_FAILED.lock}', MESSAGE = 'the lock of this run is gone: the file released it (pg_advisory_unlock_all?)'; END IF;`
}
