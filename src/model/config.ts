import type { EnvironmentClass } from './environment-class.js'
import type { Command } from './inputs.js'
import type { Judging } from './judging.js'
import type { Substitute } from './substitute.js'

/** Secret-free sentence parts for `--verbose`: what a value is and where it came from. */
export interface Provenance {
  readonly name: string
  /** Safe to print: secrets are shown as `***`. */
  readonly value: string
  readonly source: string
}

/** Replaces every known secret, in all its spellings, by `***`. */
export type Redact = (text: string) => string

export interface Environment {
  readonly name: string
  readonly class: EnvironmentClass
  readonly requireApproval: boolean
  /** The variable that holds the database URL. */
  readonly urlVariable: string
}

/** Who and what runs, recorded with each migration. */
export interface RunContext {
  /** GITHUB_ACTOR, else the operating system's user. */
  readonly actor: string
  readonly runUrl?: string
  readonly runAttempt?: number
  readonly commitSha?: string
  readonly toolVersion: string
}

/** Limits that the server keeps for us, in milliseconds; 0 is without limit. All are set explicitly. */
export interface Timeouts {
  readonly lockMs: number
  readonly statementMs: number
  readonly idleInTransactionMs: number
  /** PostgreSQL 17 and newer. */
  readonly transactionMs: number
}

/** Whether something is told, and whether it stops a run. */
export type Strictness = 'error' | 'warn' | 'off'

/** Checked, complete, and trusted by every stage. */
export interface Config {
  readonly command: Command
  readonly dryRun: boolean
  readonly environment: Environment
  readonly format: 'sql' | 'supabase'
  /** Absolute path of the migrations folder. */
  readonly directory: string
  /** Absolute path that nothing outside of is read. */
  readonly boundary: string
  /** The paths of findings are relative to this absolute folder. */
  readonly base: string
  /** Names in the folder that are no migrations, as glob patterns. */
  readonly exclude: readonly string[]
  readonly tracking: {
    readonly schema: string
    readonly table: string
    /** The config file names the schema: nothing else is looked for. */
    readonly configured: boolean
  }
  /** The database URL, or `embedded` for the local server; absent for commands that need none. Never printed. */
  readonly database?: { readonly url: string } | 'embedded'
  /** Where the URL came from, for messages: `the input database-url`, `the variable DATABASE_URL`. */
  readonly databaseSource: string
  /** PEM text of `tls-ca`. */
  readonly tlsCa?: string
  readonly only?: string
  readonly to?: string
  readonly allowOutOfOrder: boolean
  readonly lockWaitMs: number
  readonly timeouts: Timeouts
  /** A transaction a file; all pending files in one; every statement alone. */
  readonly transaction: 'file' | 'all' | 'none'
  /** `target`: in one transaction on the target, rolled back. */
  readonly rehearse: 'target' | 'off'
  /** Names of files whose own transaction control is honoured, statement by statement, as glob patterns. */
  readonly legacy: readonly string[]
  /** Variables of the environment that any file may hold as `${NAME}`. */
  readonly substitute: readonly Substitute[]
  readonly judging: Judging
  /** What a number left out among the versions is. */
  readonly gaps: Strictness
  /** What it is when a migration on the base branch was edited, renamed or deleted. */
  readonly changed: Strictness
  /** Write the safe rewrites of what is found into the files. */
  readonly fix: boolean
  /** How `graph` writes what needs what. */
  readonly graphFormat: 'mermaid' | 'dot'
  /** CONFIRM_PRODUCTION_MIGRATION=true was given. */
  readonly confirmed: boolean
  readonly entry: 'action' | 'cli'
  readonly ci: boolean
  readonly verbose: boolean
  readonly debug: boolean
  readonly logFile?: string
  /** Absolute paths that the findings are written to as well, as SARIF and as JUnit XML. */
  readonly sarifFile?: string
  readonly junitFile?: string
  readonly run: RunContext
  readonly redact: Redact
  /** From here on `redact` replaces these too: secrets that are found in files, values that are filled in. @returns their spellings */
  readonly hide: (secrets: readonly string[]) => readonly string[]
  /** A variable of the environment, as it is; an empty one is an absent one. Never printed. */
  readonly variableOf: (name: string) => string | undefined
  /** Every secret value in every spelling that must never be printed, for masks. */
  readonly secrets: readonly string[]
  readonly provenance: readonly Provenance[]
  /** See `Report.notes`. */
  readonly notes: readonly string[]
}
