import type { AppliedRecord, HistoryAction, HistoryEvent, RecordStatus } from '../model/history.js'
import type { Reply, Rows } from '../model/session.js'
import type { Tracking } from '../model/target.js'
import { beginReading } from '../sql/begin-reading.js'
import { READING_LOCK_MS } from './reading-limit.js'
import { trackingNames } from './tracking-names.js'

/**
 * Reads the tracking table. Runs with `row_security = off`, so that a role without rights gets an error and never an
 * empty history. Empty text when there is no table.
 */
export function recordsQuery(tracking: Tracking): string {
  if (tracking.version === 'absent') return ''
  const ours = tracking.version > 0
  return readOnly(`SELECT version, name, checksum, status, ${isoTime('applied_at')}, execution_time_ms, applied_by, error_message,
  ${ours ? 'tool_version IS NOT NULL' : 'false'}, ${ours ? 'statements_done' : 'NULL'}, ${tracking.version > 1 ? 'journal' : 'NULL'},
  ${ours ? 'plan_hash, run_url' : 'NULL, NULL'}
FROM ${trackingNames(tracking).table} ORDER BY applied_at NULLS FIRST, version;`)
}

/** Text → rows of {@link recordsQuery}, which must have been the message's last result. */
export function parseRecords(reply: Reply): AppliedRecord[] {
  return lastRows(reply).map(
    ([
      version,
      name,
      checksum,
      status,
      appliedAt,
      ms,
      appliedBy,
      error,
      ours,
      done,
      journal,
      hash,
      runUrl,
    ]) => ({
      version: version ?? '',
      name: name ?? '',
      checksum: checksum ?? '',
      status: isRecordStatus(status) ? status : 'unknown',
      appliedAt: appliedAt ?? null,
      executionTimeMs: toNumber(ms),
      appliedBy: appliedBy ?? null,
      errorMessage: error ?? null,
      ours: ours === 't',
      statementsDone: toNumber(done),
      journal: journal ?? null,
      planHash: hash ?? null,
      runUrl: runUrl ?? null,
    }),
  )
}

/** Reads the newest events of the append-only history, newest first. */
export function eventsQuery(tracking: Tracking, limit: number): string {
  const { version } = tracking
  if (version === 'absent') return ''
  const columns = EVENT_COLUMNS.map(
    ([column, since]) => `${version < since ? 'NULL' : sqlOf(column)} AS ${column}`,
  )
  return readOnly(`SELECT ${columns.join(', ')}
FROM ${trackingNames(tracking).history} ORDER BY ${version > 0 ? 'seq' : 'executed_at'} DESC LIMIT ${limit};`)
}

function sqlOf(column: string): string {
  return column === 'executed_at' ? isoTime(column) : column
}

/** Columns of the history, each with the version of the tables since which it is there. */
const EVENT_COLUMNS = [
  ['seq', 1],
  ['version', 0],
  ['name', 4],
  ['checksum', 4],
  ['action', 0],
  ['event', 1],
  ['executed_at', 0],
  ['execution_time_ms', 0],
  ['status', 0],
  ['error_message', 0],
  ['detail', 4],
  ['executed_by', 0],
  ['environment', 0],
  ['system_identifier', 4],
  ['run_url', 1],
  ['run_attempt', 1],
  ['commit_sha', 1],
  ['plan_hash', 1],
  ['tool_version', 1],
  ['forced', 3],
  ['approver', 4],
  ['approval_kind', 4],
  ['approval_comment', 4],
  ['prev_hash', 4],
  ['hash', 4],
] as const

type EventColumn = (typeof EVENT_COLUMNS)[number][0]

/** Text → rows of {@link eventsQuery}. */
export function parseEvents(reply: Reply): HistoryEvent[] {
  return lastRows(reply).map((row) =>
    makeEvent((column) => row[EVENT_COLUMNS.findIndex(([name]) => name === column)] ?? null),
  )
}

function makeEvent(at: (column: EventColumn) => string | null): HistoryEvent {
  const action = at('action')
  return {
    seq: at('seq'),
    version: at('version') ?? '',
    name: at('name'),
    checksum: at('checksum'),
    action: isAction(action) ? action : 'apply',
    event: at('event'),
    executedAt: at('executed_at') ?? '',
    executionTimeMs: toNumber(at('execution_time_ms')),
    status: at('status') === 'success' ? 'success' : 'failed',
    errorMessage: at('error_message'),
    detail: at('detail'),
    executedBy: at('executed_by'),
    environment: at('environment'),
    systemIdentifier: at('system_identifier'),
    runUrl: at('run_url'),
    runAttempt: toNumber(at('run_attempt')),
    commitSha: at('commit_sha'),
    planHash: at('plan_hash'),
    toolVersion: at('tool_version'),
    forced: at('forced'),
    approver: at('approver'),
    approvalKind: at('approval_kind'),
    approvalComment: at('approval_comment'),
    prevHash: at('prev_hash'),
    hash: at('hash'),
  }
}

const ACTIONS: readonly string[] = [
  'apply',
  'rollback',
  'repair',
  'baseline',
  'adopt',
  'backup',
  'move',
  'anchor',
]

function isAction(text: string | null | undefined): text is HistoryAction {
  return ACTIONS.includes(text ?? '')
}

function readOnly(select: string): string {
  return `${beginReading()}
SET LOCAL lock_timeout = ${READING_LOCK_MS};
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL row_security = off;
${select}
COMMIT;`
}

function isoTime(column: string): string {
  return `to_char(${column}::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

function lastRows(reply: Reply): Rows['rows'] {
  return reply.results.at(-1)?.rows ?? []
}

function toNumber(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Number(text)
}

const RECORD_STATUSES: readonly string[] = [
  'pending',
  'running',
  'completed',
  'failed',
  'partial',
  'unknown',
  'rolled_back',
]

function isRecordStatus(text: string | null | undefined): text is RecordStatus {
  return RECORD_STATUSES.includes(text ?? '')
}
