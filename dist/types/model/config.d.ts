import type { BackupSettings } from './backup.js';
import type { EnvironmentClass } from './environment-class.js';
import type { AdoptSettings } from './foreign-tool.js';
import type { GateSettings } from './gate-settings.js';
import type { HealthChecks } from './health.js';
import type { HistoryAsked } from './history-asked.js';
import type { Command } from './inputs.js';
import type { Judging } from './judging.js';
import type { Notification } from './notification.js';
import type { Substitute } from './substitute.js';
/** Secret-free sentence parts for `--verbose`: what a value is and where it came from. */
export interface Provenance {
    readonly name: string;
    /** Safe to print: secrets are shown as `***`. */
    readonly value: string;
    readonly source: string;
}
/** Replaces every known secret, in all its spellings, by `***`. */
export type Redact = (text: string) => string;
export interface Environment {
    readonly name: string;
    readonly class: EnvironmentClass;
    readonly requireApproval: boolean;
    /** The variable that holds the database URL. */
    readonly urlVariable: string;
}
/** Who and what runs, recorded with each migration. */
export interface RunContext {
    /** GITHUB_ACTOR, else the operating system's user. */
    readonly actor: string;
    readonly runUrl?: string;
    readonly runAttempt?: number;
    readonly commitSha?: string;
    readonly toolVersion: string;
}
/** Limits that the server keeps for us, in milliseconds; 0 is without limit. All are set explicitly. */
export interface Timeouts {
    readonly lockMs: number;
    readonly statementMs: number;
    readonly idleInTransactionMs: number;
    /** PostgreSQL 17 and newer. */
    readonly transactionMs: number;
}
export interface RehearsalLimits {
    /** A server to rehearse on, in a database of its own that is dropped afterwards. Secret. */
    readonly shadowUrl?: string;
    /** How long a rehearsal on a target waits for a lock, and runs a statement, in milliseconds. */
    readonly lockMs: number;
    readonly statementMs: number;
    /** A table of this many bytes is large: to rewrite it, or to read it under a lock that stops others, stops a run. */
    readonly largeBytes: number;
}
/** Whether something is told, and whether it stops a run. */
export type Strictness = 'error' | 'warn' | 'off';
/** Checked, complete, and trusted by every stage. */
export interface Config {
    readonly command: Command;
    readonly dryRun: boolean;
    /** The command changes the target or its history, and this is no dry run: a gate is asked, and what it refuses is recorded. */
    readonly changes: boolean;
    /** `project.name` of the file. */
    readonly project?: string;
    readonly environment: Environment;
    readonly format: 'sql' | 'supabase';
    /** Absolute path of the Supabase CLI; absent: it is looked for. */
    readonly supabaseCli?: string;
    /**
     * The Supabase CLI's table is kept in step with ours. `both`: where the two differ the run stops until that is mended ·
     * `supabase`: what is gone there is not applied any more. Absent: it is neither read nor written.
     */
    readonly inStep?: 'both' | 'supabase';
    /**
     * Stand-ins for Supabase's own schemas on shadows that are filled by replaying files: where the target has those, or
     * always. Absent: none.
     */
    readonly prelude?: 'as-target' | 'always';
    /** Absolute path of the migrations folder. */
    readonly directory: string;
    /** Absolute path that nothing outside of is read. */
    readonly boundary: string;
    /** The paths of findings are relative to this absolute folder. */
    readonly base: string;
    /** Names in the folder that are no migrations, as glob patterns. */
    readonly exclude: readonly string[];
    readonly tracking: {
        readonly schema: string;
        readonly table: string;
        /** The config file names the schema: nothing else is looked for. */
        readonly configured: boolean;
    };
    /** The database URL, or `embedded` for the local server; absent for commands that need none. Never printed. */
    readonly database?: {
        readonly url: string;
    } | 'embedded';
    /** Where the URL came from, for messages: `the input database-url`, `the variable DATABASE_URL`. */
    readonly databaseSource: string;
    /** PEM text of `tls-ca`. */
    readonly tlsCa?: string;
    readonly only?: string;
    readonly to?: string;
    readonly allowOutOfOrder: boolean;
    readonly lockWaitMs: number;
    readonly timeouts: Timeouts;
    /** A transaction a file; all pending files in one; every statement alone. */
    readonly transaction: 'file' | 'all' | 'none';
    /**
     * `target`: in one transaction on the target, rolled back · `shadow`: on another server, thrown away · `auto`: a shadow
     * for what is protected, else the target.
     */
    readonly rehearse: 'auto' | 'shadow' | 'target' | 'off';
    /** The name of the file, where it says another mode than `off`. */
    readonly rehearseHeldBy?: string;
    /** Where and how long. */
    readonly rehearsal: RehearsalLimits;
    /** What it is when the target's schema was changed by other hands since the last run. */
    readonly schemaDrift: Strictness;
    /** The schemas that are compared for it; empty: all but the system's and those of extensions. */
    readonly schemas: readonly string[];
    /** Names of files whose own transaction control is honoured, statement by statement, as glob patterns. */
    readonly legacy: readonly string[];
    /** Variables of the environment that any file may hold as `${NAME}`. */
    readonly substitute: readonly Substitute[];
    readonly judging: Judging;
    readonly gate: GateSettings;
    readonly adopt: AdoptSettings;
    readonly backup: BackupSettings;
    /** What a number left out among the versions is. */
    readonly gaps: Strictness;
    /** What it is when a migration on the base branch was edited, renamed or deleted. */
    readonly changed: Strictness;
    /** Write the safe rewrites of what is found into the files. */
    readonly fix: boolean;
    /** Absent for commands that neither go back nor correct the history. */
    readonly history?: HistoryAsked;
    /** What `new` calls its file. */
    readonly newName?: string;
    /** How `graph` writes what needs what. */
    readonly graphFormat: 'mermaid' | 'dot';
    /** CONFIRM_PRODUCTION_MIGRATION=true was given. */
    readonly confirmed: boolean;
    /** What `serve` listens on. */
    readonly port: number;
    readonly entry: 'action' | 'cli';
    readonly ci: boolean;
    readonly verbose: boolean;
    readonly debug: boolean;
    readonly logFile?: string;
    /** Absolute paths that the findings are written to as well, as SARIF and as JUnit XML. */
    readonly sarifFile?: string;
    readonly junitFile?: string;
    /** Absolute path: the plan is written to it by what plans, and read from it by what applies. */
    readonly planFile?: string;
    /** What has to hold before and after applying; absent where nothing is configured. */
    readonly health?: HealthChecks;
    /** Who is told of the run; absent where nobody is. */
    readonly notifications?: readonly Notification[];
    /** Absolute path that the schema is written to after `migrate`, and the folder that it must not leave. */
    readonly schemaDump?: {
        readonly path: string;
        readonly within?: string;
    };
    readonly run: RunContext;
    readonly redact: Redact;
    /** From here on `redact` replaces these too: secrets that are found in files, values that are filled in. @returns their spellings */
    readonly hide: (secrets: readonly string[]) => readonly string[];
    /** A variable of the environment, as it is; an empty one is an absent one. Never printed. */
    readonly variableOf: (name: string) => string | undefined;
    /** Every secret value in every spelling that must never be printed, for masks. */
    readonly secrets: readonly string[];
    readonly provenance: readonly Provenance[];
    /** See `Report.notes`. */
    readonly notes: readonly string[];
}
