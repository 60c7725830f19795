export type RecordStatus = 'pending' | 'running' | 'completed' | 'failed' | 'partial' | 'unknown' | 'rolled_back';
/** One row of the tracking table: the newest state of one version. "Applied" means `completed`. */
export interface AppliedRecord {
    readonly version: string;
    readonly name: string;
    /** As stored: ours begin with `sha256:`, another runner's may be bare hex. */
    readonly checksum: string;
    readonly status: RecordStatus;
    /** ISO 8601, by the server's clock. */
    readonly appliedAt: string | null;
    readonly executionTimeMs: number | null;
    readonly appliedBy: string | null;
    readonly errorMessage: string | null;
    /** False for rows that another runner wrote: their `name` follows its own rule. */
    readonly ours: boolean;
    /** Statements of a file outside a transaction that are known to be done. */
    readonly statementsDone: number | null;
    /** How far a file outside a transaction came, as stored (`model/journal.ts`). */
    readonly journal: string | null;
    /** The plan it was applied under, and the workflow run that did; absent where the tables have no such columns. */
    readonly planHash?: string | null;
    readonly runUrl?: string | null;
}
/**
 * What an event tells. `anchor`: from here on rows are chained · `started`: where there is no version, an approved run
 * begins; else a file outside a transaction, for what stands in one begins and ends with `applied` · `refused`: a gate let
 * nothing be applied · `cancelled`: what ran was rolled back; where there is no version, nothing had run · `moved`: the target
 * was made another environment's on purpose. `baselined`, `adopted`: recorded as applied without being run.
 * `backup-marker`: a point in time that a provider's own backup can go back to.
 */
export type EventKind = 'anchor' | 'started' | 'applied' | 'failed' | 'partial' | 'unknown' | 'cancelled' | 'rehearsal-failed' | 'refused' | 'moved' | 'rolled-back' | 'repaired' | 'baselined' | 'adopted' | 'backed-up' | 'backup-marker';
/** The first two are the custom runner's. `anchor`, `move`, `backup`: about the target, and no migration. */
export type HistoryAction = 'apply' | 'rollback' | 'repair' | 'baseline' | 'adopt' | 'backup' | 'move' | 'anchor';
/** One row of the append-only history. */
export interface HistoryEvent {
    /** Orders the rows; null where the tables have no such column. */
    readonly seq: string | null;
    /** Empty where it is about no migration. */
    readonly version: string;
    readonly name: string | null;
    readonly checksum: string | null;
    readonly action: HistoryAction;
    /** {@link EventKind}; null, or any text, where another runner wrote it. */
    readonly event: string | null;
    readonly executedAt: string;
    readonly executionTimeMs: number | null;
    readonly status: 'success' | 'failed';
    readonly errorMessage: string | null;
    /** What it tells that is no error. */
    readonly detail: string | null;
    readonly executedBy: string | null;
    readonly environment: string | null;
    /** Of the server that it was written on. */
    readonly systemIdentifier: string | null;
    readonly runUrl: string | null;
    readonly runAttempt: number | null;
    readonly commitSha: string | null;
    readonly planHash: string | null;
    readonly toolVersion: string | null;
    /** Rules whose findings did not stop it because `executedBy` forced them: `drop-table, truncate`. */
    readonly forced: string | null;
    /** Who let it be applied, by what, and what they wrote. */
    readonly approver: string | null;
    readonly approvalKind: string | null;
    readonly approvalComment: string | null;
    /** Of the row before, and of this one; null before the anchor. */
    readonly prevHash: string | null;
    readonly hash: string | null;
}
