import type { AppliedRecord, EventKind, HistoryAction, RecordStatus } from './history.js';
/** What a row of the tracking table is to be. What is not said here is emptied, so that nothing of an earlier run stays. */
export interface NewRecord {
    readonly name: string;
    readonly checksum: string;
    readonly status: RecordStatus;
    /** ISO 8601 with its zone, where another tool knows when it was applied. Default: now, by the server's clock. */
    readonly appliedAt?: string;
    readonly executionTimeMs?: number;
    /** Default: who runs this. */
    readonly appliedBy?: string;
    /** When it was applied, by whom, for how long and in which run stays as it is in the row. For a row that is there. */
    readonly keepsRun?: true;
}
/** One row that is written outside `migrate`, and the event that tells of it. */
export interface RecordChange {
    /** As the row has it, or is to have it. `01` and `1` are two rows: whether they are one version is for the caller to ask. */
    readonly version: string;
    /** What the row must be as it is written; as it was read. */
    readonly expected: 'absent' | Pick<AppliedRecord, 'status' | 'checksum'>;
    /** `gone`: only what nothing else tells of the schema; the history keeps what it was. */
    readonly becomes: 'gone' | NewRecord;
    /**
     * An event of a version that counts as applied from here on has the checksum of its row, and one that does not count any
     * more has none: by that `verify` tells the two apart (`plan/find-missing-end.ts`).
     */
    readonly told: {
        readonly event: EventKind;
        readonly action: HistoryAction;
        readonly status: 'success' | 'failed';
        readonly name?: string;
        readonly checksum?: string;
        readonly detail?: string;
        readonly planHash?: string;
    };
}
