import type { ApprovalPolicy } from './permission.js';
/** What a run is let through by. */
export interface GateSettings {
    /** Where the environment has `require_approval: true`. */
    readonly approval?: ApprovalPolicy;
    /** What was typed to confirm: the input `confirm`. */
    readonly typed?: string;
    /** The plan that is applied, or nothing is: as given, not checked. */
    readonly expectedPlanHash?: string;
    /** What the plan file holds, where it is to be applied: as read, not checked. */
    readonly expectedPlan?: string;
    /** Secret. */
    readonly githubToken?: string;
    /** What GitHub tells of the event that started the job, parsed; null where it can't be read. */
    readonly event?: unknown;
    /** Says on purpose that a database is another target than it remembers: what the refusal printed. */
    readonly moveTarget?: string;
    /** Who says that the database is thrown away with the job. */
    readonly ephemeral: 'workflow' | 'file' | 'no';
    /** How long a run waits before it applies, so that somebody can stop it. Milliseconds. */
    readonly reviewWindowMs: number;
    /** What becomes of the comment on the pull request. */
    readonly comment: 'update' | 'recreate' | 'off';
}
