export type RecordStatus =
  | 'pending'
  | 'running'
  | 'completed'
  | 'failed'
  | 'partial'
  | 'unknown'
  | 'rolled_back'

/** One row of the tracking table: the newest state of one version. "Applied" means `completed`. */
export interface AppliedRecord {
  readonly version: string
  readonly name: string
  /** As stored: ours begin with `sha256:`, another runner's may be bare hex. */
  readonly checksum: string
  readonly status: RecordStatus
  /** ISO 8601, by the server's clock. */
  readonly appliedAt: string | null
  readonly executionTimeMs: number | null
  readonly appliedBy: string | null
  readonly errorMessage: string | null
  /** False for rows that another runner wrote: their `name` follows its own rule. */
  readonly ours: boolean
  /** Statements of a file outside a transaction that are known to be done. */
  readonly statementsDone: number | null
  /** How far a file outside a transaction came, as stored (`model/journal.ts`). */
  readonly journal: string | null
  /** The plan it was applied under, and the workflow run that did; absent where the tables have no such columns. */
  readonly planHash?: string | null
  readonly runUrl?: string | null
}

/** One row of the append-only history. */
export interface HistoryEvent {
  readonly version: string
  readonly action: 'apply' | 'rollback'
  readonly event: string | null
  readonly executedAt: string
  readonly executionTimeMs: number | null
  readonly status: 'success' | 'failed'
  readonly errorMessage: string | null
  readonly executedBy: string | null
  readonly environment: string | null
  readonly runUrl: string | null
  readonly runAttempt: number | null
  readonly commitSha: string | null
  readonly planHash: string | null
  readonly toolVersion: string | null
  /** Rules whose findings did not stop it because `executedBy` forced them: `drop-table, truncate`. */
  readonly forced: string | null
}
