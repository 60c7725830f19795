import type { EnvironmentClass } from './environment-class.js';
import type { RuleId } from './rule-ids.js';
/**
 * What a rule's findings mean where a file is to run. `block` can be suppressed or set lower; `force` also yields to
 * FORCE_RUN; `never` yields to nothing.
 */
export declare const LEVELS: readonly ['off', 'notice', 'warn', 'block', 'force', 'never'];
export type Level = (typeof LEVELS)[number];
export type Levels = Readonly<Record<EnvironmentClass, Level>>;
/** How the files are judged. */
export interface Judging {
    /** Where they are to run. `validate` without an environment judges for production, where they will. */
    readonly class: EnvironmentClass;
    /** What the configuration sets for that environment. */
    readonly levels: ReadonlyMap<RuleId, Level>;
    /** Names of files a rule is not asked about, as glob patterns. */
    readonly excludes: ReadonlyMap<RuleId, readonly string[]>;
    /** FORCE_RUN or `force`: what is of level `force` becomes a warning that says so. */
    readonly force: boolean;
    /** Rules whose level `force` yields without FORCE_RUN, because the configuration of this environment says so. */
    readonly forced: ReadonlySet<RuleId>;
    /** Major version to judge for where no server is known. */
    readonly postgres: number;
    /** Schemas that an API serves to the world (Supabase: `public`); empty: rules about row level security are silent. */
    readonly apiSchemas: readonly string[];
    /** The configuration says so. Where only the folder looks like it, what these rules find is a warning at most. */
    readonly apiConfigured: boolean;
    /** Tables known to be large: `orders`, `billing.invoices`. */
    readonly bigTables: readonly string[];
    /** Everything is judged, not only what is new since the base. */
    readonly all: boolean;
    /** What the files are compared with. Absent: with nothing. */
    readonly since?: Since;
}
/** A commit or branch, as git knows it. */
export interface Since {
    readonly ref: string;
    /** Named by a person or workflow: not to find it is a mistake. Otherwise it is the base of the pull request. */
    readonly asked: boolean;
}
