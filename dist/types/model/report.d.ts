import type { BackupFile } from './backup.js';
import type { Finding, SuppressedFinding } from './finding.js';
import type { Graph } from './graph.js';
import type { AppliedRecord, HistoryEvent } from './history.js';
import type { Command } from './inputs.js';
import type { NoRehearsal, RehearsalPlace, RelationSize } from './measured.js';
import type { Operation } from './operation.js';
import type { Outcome, Rehearsed } from './outcome.js';
import type { Approval } from './permission.js';
import type { Drift, Plan } from './plan.js';
import type { PlanDocument } from './plan-document.js';
import type { Problem } from './problem.js';
import type { RuleDoc } from './rule-doc.js';
import type { Side } from './sides.js';
import type { Target } from './target.js';
export type Status = 'valid' | 'invalid' | 'pending' | 'up-to-date' | 'planned' | 'rehearsed' | 'applied' | 'partial' | 'failed' | 'refused' | 'cancelled' | 'unknown';
/** Everything a run has to tell. Each outlet renders this and nothing else. */
export interface Report {
    readonly command: Command;
    readonly environment: string;
    readonly dryRun: boolean;
    readonly status: Status;
    /** 0 done or nothing to do · 1 failed · 2 the set-up is wrong · 128 + n ended by signal n. */
    readonly exitCode: number;
    /** Who ran it: GITHUB_ACTOR, else the operating system's user. Absent where the set-up is wrong. */
    readonly actor?: string;
    /** The signal that asked the run to end before it was done: `SIGTERM`. */
    readonly endedBy?: string;
    /** History shows every file applied and nothing blocks. What a deploy job gates on. */
    readonly ready: boolean;
    /** ISO 8601. */
    readonly startedAt: string;
    readonly durationMs: number;
    /** The migrations folder, relative to the boundary where it is inside it. */
    readonly directory: string;
    readonly fileCount: number;
    readonly target?: Target;
    readonly plan?: Plan;
    /** The plan to be kept: what `plan-file` is written from. */
    readonly planDocument?: PlanDocument;
    /** Who let it be applied. */
    readonly approval?: Approval;
    /** The backup that this run took, which is on the machine that it ran on. */
    readonly backup?: BackupFile;
    /** The point in time before it was recorded, which a provider's own backup can go back to. */
    readonly isMarked?: true;
    /** Rows of the tracking table, in order of application. */
    readonly records: readonly AppliedRecord[];
    /** Only for `history`, newest first. */
    readonly events: readonly HistoryEvent[];
    /** What our table and the Supabase CLI's record, side by side, where the two are kept in step. */
    readonly sides?: readonly Side[];
    readonly drift: readonly Drift[];
    readonly findings: readonly Finding[];
    /** What was found and said to be fine. It stops nothing, and is told all the same. */
    readonly suppressed: readonly SuppressedFinding[];
    /** The documentation of the rules that found something, suppressed or not; of nothing else. */
    readonly rules: readonly RuleDoc[];
    /** Only for `graph`. */
    readonly graph?: Graph;
    /** `all`: what one file locks stays locked until the last has run. `none`: a lock goes with its statement. Absent: `file`. */
    readonly transaction?: 'file' | 'all' | 'none';
    readonly rehearsal: readonly Rehearsed[];
    readonly rehearsedOn?: RehearsalPlace;
    /** Something is pending, and was not rehearsed. */
    readonly notRehearsed?: NoRehearsal;
    /** Of the relations that the rehearsal touched, on the target. */
    readonly sizes: readonly RelationSize[];
    readonly outcomes: readonly Outcome[];
    /** Only for commands that do something else than bring pending migrations into the target. */
    readonly operation?: Operation;
    /** The newest applied version in plan order. */
    readonly currentVersion?: string;
    /** What is wrong with the set-up, or what a gate refused. */
    readonly problems: readonly Problem[];
    /** Sentences worth knowing that are no findings: which tables are used, what is not used yet, where the local server lies. */
    readonly notes: readonly string[];
}
