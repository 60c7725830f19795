import type {
  Bookkeeping,
  RecordedFailure,
  RecordedMigration,
  RecordedProgress,
} from '../model/bookkeeping.js'
import { cutMessage } from '../model/cut-message.js'
import type { AppliedRecord, EventKind } from '../model/history.js'
import type { Target } from '../model/target.js'
import type { Writer } from '../model/writer.js'
import { wrapDown } from '../sql/down-journal.js'
import { FIRE_ALL } from '../sql/fire-deferred.js'
import { quoteLiteral } from '../sql/identifier.js'
import { CHECK_FAILED, raising } from '../sql/raise.js'
import { withSession } from '../sql/session-now.js'
import { checkRecord } from './check-record.js'
import { recordEvent } from './history/record-event.js'
import { setBackDown } from './set-back-down.js'
import { trackingNames } from './tracking-names.js'

/**
 * The texts that keep history where migrations are undone: a row goes from `completed` by `running` to `rolled_back`, in
 * the transaction of the down part where it has one. What is undone in part keeps how far that came.
 *
 * @param base the texts of what is applied, on the same target
 * @param rows of the migrations that are undone, as they were read
 * @param reason recorded with each
 */
export function makeDownBooks(
  base: Bookkeeping,
  target: Target,
  writer: Writer,
  rows: readonly AppliedRecord[],
  reason?: string,
): Bookkeeping {
  const { table } = trackingNames(target.tracking)
  const why = reason === undefined ? {} : { detail: reason }
  const byVersion = new Map(rows.map((row) => [row.version, row]))
  const rowOf = ({ version }: RecordedMigration) => {
    const row = byVersion.get(version)
    if (row === undefined) throw new Error(`version ${version} is not undone here`)
    return row
  }
  const event = (migration: RecordedMigration, kind: EventKind, more: Partial<Told> = {}, where = '') =>
    recordEvent(target, writer, { ...toldOf(migration, rowOf(migration), kind), ...more }, where)
  const done = (migration: RecordedMigration, where: string, ms: string) => {
    const undone = { ...rowOf(migration), status: 'rolled_back' as const }
    return [
      `WITH done AS (UPDATE ${table} SET status = 'rolled_back', error_message = NULL, journal = NULL, statements_done = NULL,
      transaction_id = pg_current_xact_id()
    WHERE version = ${quoteLiteral(migration.version)} AND status = 'running'${where} RETURNING version)
  ${event(migration, 'rolled-back', { ...why, milliseconds: ms }, 'FROM done')};`,
      base.follow({
        version: migration.version,
        expected: { status: 'completed', checksum: undone.checksum },
        becomes: { name: undone.name, checksum: undone.checksum, status: 'rolled_back', keepsRun: true },
        told: { event: 'rolled-back', action: 'rollback', status: 'success' },
      }),
      checkRecord(target, {
        version: migration.version,
        row: `status = 'rolled_back' AND checksum = ${quoteLiteral(undone.checksum)}${OF_THIS_TRANSACTION}`,
        event: 'rolled-back',
        otherwise: lost(migration),
      }),
    ]
      .filter(Boolean)
      .join('\n')
  }
  return {
    ...base,
    start: (migration, reached) =>
      begin(table, migration, rowOf(migration), reached) +
      (reached ? `\n${event(migration, 'started', detailOf(reached))};` : ''),
    complete: (migration) => done(migration, OF_THIS_TRANSACTION, SINCE_ITS_BEGINNING),
    progress: (migration, reached) => goneOn(target, migration, progressed(reached)),
    finish: (migration) => `${FIRE_ALL}\n${done(migration, '', 'NULL')}`,
    fail: (migration, failure) => {
      const told = (kind: EventKind, where?: string) => `${event(migration, kind, failed(failure), where)};`
      if (failure.event === 'rehearsal') return told('rehearsal-failed')
      const back = setBackDown(table, migration, failure)
      if (failure.status !== 'failed') return `${back}\n${told(failure.status)}`
      // Only its row can tell what an earlier rollback did.
      const isHalf = `EXISTS (SELECT FROM ${table} WHERE version = ${quoteLiteral(migration.version)} AND status = 'partial')`
      const kind = failure.cancelled ? 'cancelled' : 'failed'
      return `${back}\n${told('partial', `WHERE ${isHalf}`)}\n${told(kind, `WHERE NOT ${isHalf}`)}`
    },
  }
}

type Told = Parameters<typeof recordEvent>[2]

function toldOf(
  { version, planHash, forced }: RecordedMigration,
  row: AppliedRecord,
  event: EventKind,
): Told {
  return {
    event,
    action: 'rollback',
    status: 'success',
    version,
    name: row.name,
    checksum: row.checksum,
    planHash,
    ...(forced ? { forced } : {}),
  }
}

const OF_THIS_TRANSACTION = ' AND transaction_id = pg_current_xact_id()'
const SINCE_ITS_BEGINNING =
  '(extract(epoch FROM clock_timestamp() - transaction_timestamp()) * 1000)::integer'

function lost({ version }: RecordedMigration): string {
  return `the record of migration ${version} is not as this run left it: the down part ended the transaction, or changed the tracking table`
}

/** Its row is `completed`, or what an earlier rollback left of it. */
function begin(
  table: string,
  { version }: RecordedMigration,
  { status, checksum }: AppliedRecord,
  reached: RecordedProgress | undefined,
): string {
  const set = reached ? `, ${progressed(reached).join(', ')}` : ''
  const otherwise = `migration ${version} is not recorded as it was read: somebody changed it meanwhile`
  const allowed = [...new Set(['completed', status, 'running', 'partial', 'unknown'])].map(quoteLiteral)
  const isOurs = `status = 'completed' OR starts_with(journal, '{"down":')`
  return `WITH begun AS (UPDATE ${table} SET status = 'running', transaction_id = pg_current_xact_id(), error_message = NULL${set}
    WHERE version = ${quoteLiteral(version)} AND checksum = ${quoteLiteral(checksum)} AND status IN (${allowed.join(', ')}) AND (${isOurs}) RETURNING version)
  SELECT CASE WHEN count(*) <> 1 THEN ${raising(CHECK_FAILED.record, otherwise)} END FROM begun;`
}

/** How far a down part came, and whether that is what the row says now. */
function goneOn(target: Target, migration: RecordedMigration, far: readonly string[]): string {
  const { version } = migration
  const row = ["status = 'running'", ...far].join(' AND ')
  return `${FIRE_ALL}
UPDATE ${trackingNames(target.tracking).table} SET ${far.join(', ')} WHERE version = ${quoteLiteral(version)} AND status = 'running';
${checkRecord(target, { version, row, otherwise: lost(migration) })}`
}

/** How the row says it, column by column. */
function progressed({ statementsDone, journal }: RecordedProgress): string[] {
  return [`statements_done = ${statementsDone}`, `journal = ${withSession(quoteLiteral(wrapDown(journal)))}`]
}

function detailOf({ statementsDone }: RecordedProgress): Partial<Told> {
  return statementsDone > 0 ? { detail: `goes on after statement ${statementsDone}` } : {}
}

function failed({ executionTimeMs, message }: RecordedFailure): Partial<Told> {
  return { status: 'failed', milliseconds: String(executionTimeMs), errorMessage: cutMessage(message) }
}
