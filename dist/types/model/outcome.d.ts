import type { Measured, NotRehearsed } from './measured.js';
import type { Position } from './position.js';
import type { OtherSession } from './watch.js';
/** What the database refused, with every foreign text already redacted. */
export interface Failure {
    /** SQLSTATE, or a word of ours (`connection-lost`). */
    readonly code: string;
    readonly message: string;
    readonly hint?: string;
    /** The failing statement's place in the file. */
    readonly position?: Position;
    /** The offending line and a caret. */
    readonly excerpt?: string;
    /** 1-based index of the failing statement in the file, where known. */
    readonly statement?: number;
    /** Where in PL/pgSQL it was, the innermost first. */
    readonly context?: readonly string[];
    /** Who held the lock that was not to be had. */
    readonly blockers?: readonly OtherSession[];
    /** Not all of it was rolled back: something is left of a statement outside a transaction, as `hint` says. */
    readonly left?: true;
}
export type OutcomeState = 
/** Not reached. */
'not-run'
/** Done and recorded. */
 | 'applied'
/** The database refused; rolled back, but for what `failure.left` tells of. */
 | 'failed'
/** Some of it is done and kept, a statement is not: outside a transaction, or where it ended the one that held it. */
 | 'partial'
/** The connection was lost; what happened is not known. */
 | 'unknown';
/** What became of one planned migration. A report holds exactly one for each, whatever happened. */
export interface Outcome {
    readonly version: string;
    readonly name: string;
    readonly path: string;
    readonly state: OutcomeState;
    readonly durationMs: number;
    /** `no-transaction`: its statements are not atomic. */
    readonly mode: 'transaction' | 'no-transaction';
    /** What of a `no-transaction` file was atomic and what was not, as a sentence. */
    readonly atomicity?: string;
    /** Why the next run will not go on in a `partial` one, and what to do, as sentences. */
    readonly stuck?: string;
    readonly failure?: Failure;
    readonly attempts: number;
    /** Where it was tried again: who was in its way last, unless its failure tells that. */
    readonly blockers?: readonly OtherSession[];
}
export type RehearsalState = 'rehearsed' | 'failed'
/** Ran except for what a transaction can't hold. */
 | 'partly-rehearsed'
/** Fails or is left out only because of the one transaction a rehearsal is; says nothing about the file. */
 | 'not-rehearsable' | 'not-run';
/** What the rehearsal of one planned migration showed. */
export interface Rehearsed {
    readonly version: string;
    readonly name: string;
    readonly path: string;
    readonly state: RehearsalState;
    readonly durationMs: number;
    /** Why it is not, or only partly, rehearsed. */
    readonly reason?: string;
    readonly failure?: Failure;
    /** What its statements did, in order, as far as they ran and were measured. */
    readonly measured?: readonly Measured[];
    /** Its statements that were not sent. */
    readonly left?: readonly NotRehearsed[];
}
