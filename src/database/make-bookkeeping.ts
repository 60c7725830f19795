import type {
  Bookkeeping,
  RecordedFailure,
  RecordedMigration,
  RecordedProgress,
} from '../model/bookkeeping.js'
import { cutMessage } from '../model/cut-message.js'
import type { EventKind } from '../model/history.js'
import { isRepeatable } from '../model/is-repeatable.js'
import type { Target } from '../model/target.js'
import type { Writer } from '../model/writer.js'
import { FIRE_ALL } from '../sql/fire-deferred.js'
import { quoteLiteral } from '../sql/identifier.js'
import { CHECK_FAILED, raising } from '../sql/raise.js'
import { withSession } from '../sql/session-now.js'
import { checkRecord } from './check-record.js'
import { doBlock } from './do-block.js'
import { anchorEvent } from './history/anchor-event.js'
import { type BegunPlan, beginsEvent } from './history/begins-event.js'
import { recordEvent, runColumns } from './history/record-event.js'
import { rememberIdentity } from './identity/remember-identity.js'
import { lockLost } from './lock-lost.js'
import { trackingDdl } from './tracking-ddl.js'
import { trackingNames } from './tracking-names.js'

/**
 * The texts that keep history on one target.
 *
 * @param plan that is carried out, where there is one
 */
export function makeBookkeeping(
  target: Target,
  writer: Writer,
  schemaExists: boolean,
  plan?: BegunPlan,
): Bookkeeping {
  const names = trackingNames(target.tracking)
  const exactlyOne = (what: string) =>
    `GET DIAGNOSTICS touched = ROW_COUNT;\n  IF touched <> 1 THEN RAISE EXCEPTION USING ERRCODE = '${CHECK_FAILED.record}', MESSAGE = ${quoteLiteral(what)}; END IF;`
  const block = (...statements: string[]) =>
    doBlock(`DECLARE touched bigint;\nBEGIN\n  ${statements.join('\n  ')}\nEND`)
  return {
    ensure: ensured(target, writer, schemaExists),
    begins: plan === undefined ? '' : beginsEvent(target, writer, plan),
    start: (migration, reached) =>
      upsert(names.table, running(writer, migration, reached), STARTED(migration)) +
      (reached ? `\n${begun(target, writer, migration, reached)}` : ''),
    complete: (migration) => completed(target, writer, migration, OF_THIS_TRANSACTION),
    progress: (migration, reached) => progressed(target, migration, reached),
    finish: (migration) => `${FIRE_ALL}\n${completed(target, writer, migration, '')}`,
    lockHeld: `SELECT CASE ${lockLost(target)} END;`,
    fail: (migration, told) => {
      const failure = { ...told, message: cutMessage(told.message) }
      return block(
        upsert(
          names.table,
          failed(writer, migration, failure),
          KEPT_BY[failure.event],
          ` WHERE NOT (${isDone(migration)})`,
        ),
        exactlyOne(`migration ${migration.version} is recorded as completed already`),
        `${recordEvent(target, writer, {
          ...toldOf(migration, eventOf(failure)),
          status: 'failed',
          milliseconds: String(failure.executionTimeMs),
          errorMessage: failure.message,
        })};`,
      )
    },
    settled: ({ version, journal }) =>
      `UPDATE ${names.table} SET journal = NULL WHERE version = ${quoteLiteral(version)} AND status = 'failed' AND journal = ${orNull(journal)};`,
    follow: () => '',
  }
}

function ensured(target: Target, writer: Writer, schemaExists: boolean): string {
  const ddl = trackingDdl(target.tracking, schemaExists)
  return [ddl, ddl && anchorEvent(target, writer), rememberIdentity(target, writer)]
    .filter(Boolean)
    .join('\n')
}

/** What was rolled back because the run was asked to end is no failure of its own; what is half done is not only that. */
function eventOf({ event, status, cancelled }: RecordedFailure): EventKind {
  if (event === 'rehearsal') return 'rehearsal-failed'
  return status === 'failed' && cancelled ? 'cancelled' : status
}

function toldOf(migration: RecordedMigration, event: EventKind) {
  const { version, name, checksum, planHash, forced } = migration
  return { event, action: 'apply', version, name, checksum, planHash, ...(forced ? { forced } : {}) } as const
}

/** In a transaction of its own, before what it begins: a file in one transaction is told of only when that commits. */
function begun(
  target: Target,
  writer: Writer,
  migration: RecordedMigration,
  { statementsDone }: RecordedProgress,
): string {
  return `${recordEvent(target, writer, {
    ...toldOf(migration, 'started'),
    status: 'success',
    ...(statementsDone > 0 ? { detail: `goes on after statement ${statementsDone}` } : {}),
  })};`
}

const OF_THIS_TRANSACTION = ' AND transaction_id = pg_current_xact_id()'

/** How far a file came, and whether that is what the row says now. */
function progressed(
  target: Target,
  { version }: RecordedMigration,
  { statementsDone, journal }: RecordedProgress,
): string {
  const key = quoteLiteral(version)
  const text = withSession(quoteLiteral(journal))
  return `${FIRE_ALL}
UPDATE ${trackingNames(target.tracking).table} SET statements_done = ${statementsDone}, journal = ${text} WHERE version = ${key} AND status = 'running';
${checkRecord(target, {
  version,
  row: `status = 'running' AND statements_done = ${statementsDone} AND journal = ${text}`,
  otherwise: `the record of migration ${version} is not as this run left it`,
})}`
}

/** The row becomes `completed`, and is told of where it did; then it is looked whether that is so. */
function completed(target: Target, writer: Writer, migration: RecordedMigration, where: string): string {
  const { version, checksum } = migration
  return `WITH done AS (
    UPDATE ${trackingNames(target.tracking).table} SET status = 'completed', applied_at = clock_timestamp(), error_message = NULL, journal = NULL,
      transaction_id = pg_current_xact_id(),
      execution_time_ms = (extract(epoch FROM clock_timestamp() - applied_at) * 1000)::integer
    WHERE version = ${quoteLiteral(version)} AND status = 'running'${where} RETURNING execution_time_ms)
  ${recordEvent(target, writer, { ...toldOf(migration, 'applied'), status: 'success', milliseconds: 'execution_time_ms' }, 'FROM done')};
${checkRecord(target, {
  version,
  row: `status = 'completed' AND checksum = ${quoteLiteral(checksum)}${OF_THIS_TRANSACTION}`,
  event: 'applied',
  otherwise: `the record of migration ${version} is not as this run left it: the file ended the transaction, or changed the tracking table`,
})}`
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
    ...runColumns(writer),
    plan_hash: quoteLiteral(migration.planHash),
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

/** Raises before anything of a migration runs that another run has completed. */
const STARTED = (migration: RecordedMigration): Row => ({
  status: `CASE WHEN ${isDone(migration)} THEN pg_catalog.concat(${raising(CHECK_FAILED.record, `migration ${migration.version} is recorded as completed already`)}) ELSE excluded.status END`,
})

/** A repeatable migration is done with one text, and not with another. */
function isDone(migration: RecordedMigration): string {
  return `m.status = 'completed'${isRepeatable(migration) ? ' AND m.checksum = excluded.checksum' : ''}`
}

function upsert(table: string, row: Row, instead: Row = {}, where = ''): string {
  const columns = Object.keys(row)
  const updates = columns.slice(1).map((column) => `${column} = ${instead[column] ?? `excluded.${column}`}`)
  return `INSERT INTO ${table} AS m (${columns.join(', ')}) VALUES (${Object.values(row).join(', ')})
    ON CONFLICT (version) DO UPDATE SET ${updates.join(', ')}${where};`
}

function orNull(text: string | null | undefined): string {
  return text === null || text === undefined ? 'NULL' : quoteLiteral(text)
}
