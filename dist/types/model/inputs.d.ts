import type { Problem } from './problem.js';
/** The commands of this version. The action's input `command` and the CLI's verb are the same word. */
export type Command = 'validate' | 'graph' | 'status' | 'plan' | 'dry-run' | 'migrate' | 'verify' | 'history' | 'rollback' | 'repair' | 'baseline' | 'adopt' | 'backup' | 'restore' | 'new' | 'serve' | 'setup';
/** Every input of the action and flag of the CLI that this version carries out. One name in both. */
export type InputName = 'command' | 'environment' | 'config' | 'directory' | 'working-directory' | 'database-url' | 'dry-run' | 'version' | 'to' | 'allow-out-of-order' | 'rehearse' | 'shadow-url' | 'expected-plan-hash' | 'plan-file' | 'confirm' | 'review-window' | 'github-token' | 'ephemeral' | 'comment' | 'move-target' | 'backup' | 'backup-id' | 'backup-verify' | 'backup-directory' | 'backup-keep' | 'backup-format' | 'file' | 'create' | 'force' | 'lock-wait' | 'lock-timeout' | 'statement-timeout' | 'idle-in-transaction-session-timeout' | 'transaction-timeout' | 'transaction' | 'tls-ca' | 'log-file' | 'sarif-file' | 'junit-file' | 'schema-dump' | 'since' | 'all' | 'format' | 'steps' | 'propose' | 'applied' | 'reverted' | 'accept-checksum' | 'clear' | 'reason' | 'verify' | 'round-trip' | 'from' | 'from-table' | 'accept' | 'undo';
/** What a person or a workflow gave, before anything of it is believed. `config/` makes a `Config` of it. */
export interface Inputs {
    readonly entry: 'action' | 'cli';
    /** Only what was given: an empty value is an absent one. */
    readonly given: Partial<Readonly<Record<InputName, string>>>;
    /** The process environment. */
    readonly variables: Readonly<Record<string, string | undefined>>;
    /** Where a variable's value came from that is not the process's own, in words: `1Password (…)`. */
    readonly origins?: Readonly<Record<string, string>>;
    /** Absolute folder that relative paths start from. */
    readonly folder: string;
    /** Nothing outside this folder is read: the workspace in the action. On the command line the named migrations folder is the boundary. */
    readonly boundary?: string;
    /** The CLI's `--ci`: never ask, no colour, plain progress. Always true in the action. */
    readonly ci: boolean;
    readonly verbose: boolean;
    /** The CLI's `--fix`: write the safe rewrites of what is found. */
    readonly fix?: boolean;
    /** What stands behind `devflow db new`: what the new migration does. */
    readonly name?: string;
    /** What was wrong with how it was given (unknown flags), to be told with all the rest. */
    readonly mistakes?: readonly Problem[];
}
