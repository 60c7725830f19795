import type { EnvironmentClass } from './environment-class.js';
import type { TransactionMode } from './plan.js';
/** A plan hash as it is written: what the output `plan-hash` and the plan file hold, and the history records. */
export declare const PLAN_HASH_FORM: RegExp;
/**
 * What of a plan is hashed: what would be run, where, on top of what, and under which rules. Nothing else is in it, so that
 * two runs that would do the same have the same hash. Changed only together with the version in the hash.
 */
export interface HashedPlan {
    readonly format: 'devflow-migrate plan 1';
    /** In the order of application. */
    readonly migrations: readonly HashedMigration[];
    readonly target: TargetIdentity;
    /** `sha256:` over the versions and checksums that are applied already. */
    readonly applied: string;
    readonly policy: PlanPolicy;
}
export interface HashedMigration {
    /** As written in the file's name. */
    readonly version: string;
    readonly checksum: string;
    readonly mode: TransactionMode;
}
/**
 * One database, by what it is and not by its URL. Where the role may not ask for the system identifier, by where it was
 * reached: the two forms have different fields, so that neither can be taken for the other.
 */
export type TargetIdentity = {
    readonly database: string;
    readonly system: string;
} | {
    readonly database: string;
    readonly host: string;
    readonly port: string;
};
/** What changes what would be run, or what would be let through. */
export interface PlanPolicy {
    readonly environment: string;
    readonly class: EnvironmentClass;
    /** `kind`, and what else the configuration says of who may approve. `{"kind": "none"}` where no approval is asked for. */
    readonly approval: Readonly<Record<string, string>>;
    readonly transaction: 'file' | 'all' | 'none';
    /** Absent: our own executor applies. */
    readonly executor?: 'supabase';
    readonly outOfOrder: boolean;
    /** The inputs `version` and `to`, without leading zeros. */
    readonly only: string | null;
    readonly to: string | null;
    /** FORCE_RUN or `force`. */
    readonly force: boolean;
    /** By migration, the rules whose findings were forced; both in ascending order of bytes. */
    readonly forced: readonly ForcedRules[];
    /** Levels that the configuration sets, by rule. */
    readonly rules: Readonly<Record<string, string>>;
    /** Files that the configuration keeps from a rule, by rule. */
    readonly excluded: Readonly<Record<string, readonly string[]>>;
}
export interface ForcedRules {
    readonly version: string;
    readonly rules: readonly string[];
}
/** One completed row of the tracking table. The digest is over version and checksum. */
export interface AppliedEntry {
    readonly version: string;
    /** As stored. */
    readonly checksum: string;
    readonly name: string;
}
/** What people want to know of a plan, and no hash depends on. */
export interface PlanAbout {
    /** ISO 8601. */
    readonly plannedAt?: string;
    readonly plannedBy?: string;
    readonly toolVersion?: string;
    readonly commitSha?: string;
    readonly runUrl?: string;
    /** The names of the files, by version, in the order of the plan. */
    readonly names: readonly {
        readonly version: string;
        readonly name: string;
    }[];
}
/** A plan that can be kept, compared and checked. */
export interface PlanDocument {
    readonly hash: string;
    readonly plan: HashedPlan;
    /** What the digest `plan.applied` is over, in its order. */
    readonly applied: readonly AppliedEntry[];
    readonly about: PlanAbout;
}
/** What is not as it was planned. */
export interface PlanDifference {
    /** The hashed field, or one within it: `migrations`, `target.system`, `applied`, `policy.only`. */
    readonly field: string;
    readonly kind: 'new-file' | 'missing-file' | 'edited-file' | 'order' | 'transaction-mode' | 'applied-since' | 'no-longer-applied' | 'edited-history' | 'server' | 'database' | 'policy';
    /** One sentence. Holds names and values of others. */
    readonly message: string;
    readonly version?: string;
    /** In the plan, and now. */
    readonly expected?: string;
    readonly present?: string;
}
/** What became of a plan that was approved. */
export type PlanCheck = 
/** What would be run is what was approved. */
{
    readonly kind: 'same';
    readonly hash: string;
}
/** This workflow run applied the first of it already; the rest is as approved. */
 | {
    readonly kind: 'continued';
    readonly hash: string;
    readonly done: readonly string[];
}
/** This workflow run applied all of it already. Nothing of it is left to do. */
 | {
    readonly kind: 'finished';
    readonly hash: string;
    readonly done: readonly string[];
} | {
    readonly kind: 'different';
    readonly hash: string;
    readonly present: string;
    /** Empty where the hash alone does not tell. */
    readonly differences: readonly PlanDifference[];
    /** `plan`: the whole plan was compared · `hash`: only its hash is known; the differences are those that lead back to it. */
    readonly by: 'plan' | 'hash';
    /** Who used the plan already: versions applied under its hash by another run. */
    readonly used?: {
        readonly versions: readonly string[];
        readonly runUrl: string | null;
    };
};
/** The plan that was approved: its hash, and all of it where its file was given. */
export interface ExpectedPlan {
    readonly hash: string;
    readonly document?: PlanDocument;
}
