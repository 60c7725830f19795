import type { Position } from './position.js';
/** Weakest first: `pg_locks.mode` without its `Lock`. */
export declare const LOCK_STRENGTHS: readonly ['AccessShare', 'RowShare', 'RowExclusive', 'ShareUpdateExclusive', 'Share', 'ShareRowExclusive', 'Exclusive', 'AccessExclusive'];
export type LockStrength = (typeof LOCK_STRENGTHS)[number];
/** A lock that a statement took on a relation that was there before the run. */
export interface MeasuredLock {
    /** `public.books`, as the server quotes it where it must be quoted. */
    readonly relation: string;
    /** All that it took there and did not hold before, the strongest first. */
    readonly modes: readonly LockStrength[];
}
/** Rows of one table that a statement changed, through triggers and foreign keys too. */
export interface MeasuredRows {
    readonly relation: string;
    readonly inserted: number;
    readonly updated: number;
    readonly deleted: number;
}
/** An object of the catalog, as `pg_identify_object` has it. */
export interface MeasuredObject {
    /** `table`, `index`, `view`, `function`, `type`, `policy`, `table constraint`, `table column`. */
    readonly type: string;
    /** `public.books`, `fk on public.books`. */
    readonly name: string;
}
export interface MeasuredDrop extends MeasuredObject {
    /** It hung on what the statement names, and went with it. */
    readonly cascaded: boolean;
}
/** What one statement did when it ran. Names are foreign text, redacted. */
export interface Measured {
    /** 1-based among the statements of its file. */
    readonly statement: number;
    readonly position: Position;
    /** Its beginning in one line, secrets hidden. */
    readonly text: string;
    readonly durationMs: number;
    /** Of the whole server while it ran: exact where nobody else is at work. */
    readonly walBytes?: number;
    readonly locks: readonly MeasuredLock[];
    /** Tables, their indexes and materialised views that got a new file, though they were there before. */
    readonly rewritten: readonly string[];
    /** Tables that were there before and were read from one end to the other. */
    readonly scanned: readonly string[];
    readonly rows: readonly MeasuredRows[];
    /** The server did not count (`track_counts`): that nothing is scanned and no row changed tells nothing. */
    readonly uncounted?: true;
    readonly created: readonly MeasuredObject[];
    readonly dropped: readonly MeasuredDrop[];
    /** Existing relations that an earlier statement of the same transaction has locked against all reads and writes. */
    readonly heldBefore: readonly {
        readonly relation: string;
        readonly since: number;
    }[];
}
/** A statement that was not sent, and why. */
export interface NotRehearsed {
    readonly statement: number;
    readonly position: Position;
    readonly text: string;
    /** A clause: `nextval() advances the sequence public.ids, which no rollback undoes`. */
    readonly reason: string;
}
/** How large a relation is on the target, where it is known. */
export interface RelationSize {
    readonly relation: string;
    /** With its indexes and TOAST. */
    readonly bytes: number | null;
    /** As the server estimates them. */
    readonly rows: number | null;
}
/** Where a rehearsal ran. */
export interface RehearsalPlace {
    readonly kind: 'target' | 'shadow';
    /** What was asked for. */
    readonly asked: 'auto' | 'shadow' | 'target';
    /** A clause: `on a PostgreSQL 16 started from /usr/lib/postgresql/16/bin for this run`. */
    readonly where: string;
    /** How the shadow came by its schema: `from pg_dump 16 of the target`, `by replaying 12 applied files`. */
    readonly schemaFrom?: string;
    /** What can't be told from it, each a sentence. */
    readonly limits: readonly string[];
}
/** Why nothing was rehearsed. */
export interface NoRehearsal {
    readonly why: string;
    /** Each a sentence in the imperative. Empty where none was wanted, and applying is not held up for it (`rehearse: off`). */
    readonly ways: readonly string[];
    /** The file that asks for a rehearsal, where one does: `off` in an input does not hold against it. */
    readonly heldBy?: string;
}
