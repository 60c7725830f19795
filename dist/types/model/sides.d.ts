import type { RecordStatus } from './history.js';
import type { RecordChange } from './record-change.js';
/** One version where two tables record what is applied: ours, and the Supabase CLI's. */
export interface Side {
    readonly version: string;
    /** The file's name, else the recorded one. */
    readonly name: string;
    /** There is a file of it. */
    readonly file: boolean;
    /** What our table says; null where it has no row. */
    readonly ours: RecordStatus | null;
    /** The Supabase CLI's table has a row: to it that is applied. */
    readonly supabase: boolean;
}
/** A row that the Supabase CLI's table is to have, as the CLI writes it. */
export interface MirroredRow {
    readonly version: string;
    readonly name: string;
    /** Null where the file is too large to be kept in a table. */
    readonly statements: readonly string[] | null;
}
/** What brings two tables that record the same into step. */
export interface InStep {
    /** Of all versions that either has, or that there is a file of, by version. */
    readonly sides: readonly Side[];
    /** To ours: what the CLI applied; and what is gone there, where its table decides. */
    readonly changes: readonly RecordChange[];
    /** To the CLI's: what it has to know before it may be asked to push. Empty where there is a table already. */
    readonly fill: readonly MirroredRow[];
    /** Applied by us and gone there. Only a person knows which of the two is so. */
    readonly missing: readonly Side[];
    /** The CLI's table is there, and is known to have all of its columns. */
    readonly isWhole: boolean;
    /** What its row for a file is; undefined where the CLI would not read the file. By the file's version, as `versionKey`. */
    readonly rowOf: (version: string) => MirroredRow | undefined;
}
