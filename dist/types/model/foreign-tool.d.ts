/** The tools whose history can be adopted, as they are named in the input `from`. */
export declare const FOREIGN_TOOLS: readonly ['flyway', 'liquibase', 'prisma', 'supabase', 'dbmate', 'golang-migrate', 'goose', 'node-pg-migrate', 'knex', 'graphile-migrate', 'atlas', 'sqlx', 'sqitch'];
export type ForeignToolName = (typeof FOREIGN_TOOLS)[number];
/**
 * What a person says of a version that another tool's table and the folder disagree about.
 *
 * - `edited`: the file as it is now is to count as what was applied
 * - `missing`: there is no file any more, and nothing is to be recorded
 * - `applied`, `not-applied`: what became of a migration that failed, or that was left half done
 */
export declare const ACCEPTED_WORDS: readonly ['edited', 'missing', 'applied', 'not-applied'];
export type AcceptedWord = (typeof ACCEPTED_WORDS)[number];
/** What `adopt` is asked to do. */
export interface AdoptSettings {
    readonly from: 'auto' | ForeignToolName;
    /** Where the other tool's table is; absent: it is looked for. Without a schema it is looked for in all. */
    readonly table?: {
        readonly schema?: string;
        readonly name: string;
    };
    /** By `versionKey` of the version. */
    readonly accept: ReadonlyMap<string, AcceptedWord>;
    /** Take back what the last adoption wrote. */
    readonly undo: boolean;
}
/** A table of a target that may be another tool's, as the catalog has it. */
export interface FoundForeignTable {
    readonly schema: string;
    readonly name: string;
    readonly columns: readonly string[];
    /** Tables in the same schema, of those that were asked about. */
    readonly beside: readonly string[];
}
/** SQL that reads another tool's table: each value comes as text, cut where it is long. */
export interface ForeignQuery {
    readonly values: readonly string[];
    /** From and all that follows it, but for a limit. */
    readonly from: string;
}
