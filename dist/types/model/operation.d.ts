import type { Failure } from './outcome.js';
/**
 * What became of one step. `planned`: it would be done; this is a dry run, or it was not confirmed; never where it was refused. `failed` left nothing;
 * `partial` stopped half-way, and what it did until then is kept.
 */
export type StepState = 'planned' | 'done' | 'failed' | 'partial' | 'not-run' | 'unknown';
/** One thing that an operation does, to a migration or to the target. */
export interface OperationStep {
    /** What it does, as a clause without a full stop: `mark 0003_users.sql as applied`, `dump 14 relations`. */
    readonly what: string;
    /** The migration it is about, if it is about one. */
    readonly version?: string;
    readonly name?: string;
    readonly state: StepState;
    /** What there is to know of it, as sentences. */
    readonly details?: readonly string[];
    readonly durationMs?: number;
    readonly failure?: Failure;
}
/**
 * What a command does that is not the way of pending migrations into the target: `rollback`, `repair`, `baseline`, `adopt`,
 * `backup`, `restore`. Pre-filled and complete: each step is there whatever happened, and exactly once.
 */
export interface Operation {
    /** In the order in which they are done. Empty: there is nothing to do. */
    readonly steps: readonly OperationStep[];
    /** What to do next, as sentences. */
    readonly next?: readonly string[];
    /** Figures by name, for other programs: `sha256`, `bytes`, `path`. None is a secret. */
    readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
}
