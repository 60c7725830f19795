import type { AppliedRecord, HistoryEvent, RecordStatus } from '../model/history.js'
import type { Reply, Rows } from '../model/session.js'
import type { Tracking } from '../model/target.js'
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
  if (tracking.version === 'absent') return ''
  const ours = tracking.version > 0
  const own = ['event', 'run_url', 'run_attempt', 'commit_sha', 'plan_hash', 'tool_version'].map((column) =>
    ours ? column : 'NULL',
  )
  const forced = tracking.version > 2 ? 'forced' : 'NULL'
  return readOnly(`SELECT version, action, ${isoTime('executed_at')}, execution_time_ms, status, error_message, executed_by, environment,
  ${own.join(', ')}, ${forced}
FROM ${trackingNames(tracking).history} ORDER BY ${ours ? 'seq' : 'executed_at'} DESC LIMIT ${limit};`)
}

/** Text → rows of {@link eventsQuery}. */
export function parseEvents(reply: Reply): HistoryEvent[] {
  return lastRows(reply).map(
    ([
      version,
      action,
      at,
      ms,
      status,
      error,
      by,
      environment,
      event,
      runUrl,
      attempt,
      commit,
      hash,
      tool,
      forced,
    ]) => ({
      version: version ?? '',
      action: action === 'rollback' ? 'rollback' : 'apply',
      event: event ?? null,
      executedAt: at ?? '',
      executionTimeMs: toNumber(ms),
      status: status === 'success' ? 'success' : 'failed',
      errorMessage: error ?? null,
      executedBy: by ?? null,
      environment: environment ?? null,
      runUrl: runUrl ?? null,
      runAttempt: toNumber(attempt),
      commitSha: commit ?? null,
      planHash: hash ?? null,
      toolVersion: tool ?? null,
      forced: forced ?? null,
    }),
  )
}

function readOnly(select: string): string {
  return `BEGIN READ ONLY;
SET LOCAL statement_timeout = 0;
SET LOCAL search_path = pg_catalog;
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
