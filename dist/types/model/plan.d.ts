import type { Journal } from './journal.js';
import type { MigrationFile } from './migration.js';
import type { Span } from './position.js';
import type { Placeholder } from './substitute.js';
import type { Trace } from './trace.js';
/** How a file runs: with its record in one transaction, or statement by statement. */
export type TransactionMode = 'transaction' | 'no-transaction';
/** One pending migration in its place. */
export interface PlannedMigration {
    readonly file: MigrationFile;
    /** Sorts before something already applied. */
    readonly outOfOrder: boolean;
}
/** One statement of a file as it will be sent. */
export interface RunnableStatement {
    readonly span: Span;
    /** What it is, where it can not run in a transaction: `CREATE INDEX CONCURRENTLY`. */
    readonly outside?: string;
    /** What it is, where only the database knows whether it can run in a transaction: `CALL`. Sent without one where each stands alone. */
    readonly judged?: string;
    /** Where the catalog shows what became of it. */
    readonly trace?: Trace;
    /** It can commit a part of what it does before it fails. */
    readonly commits?: true;
    /** The file's own transaction control, where it is honoured. */
    readonly control?: 'begin' | 'begin-read-only' | 'commit' | 'rollback';
    /** The session's settings that it sets, which a new session needs again; empty text where it sets several. */
    readonly sets?: string;
    /** What it makes that is gone with its session: `CREATE TEMPORARY TABLE`. */
    readonly sessionOnly?: string;
    /** Done by an earlier run, which this one goes on from. */
    readonly done?: true;
    /** An earlier run was cut off in it. Whether it is done is looked up in the catalog when this run comes to it. */
    readonly begun?: true;
    /** COPY … FROM STDIN: where the file's text holds its lines, without the closing `\.`. */
    readonly copyData?: Span;
    /** ALTER TYPE … ADD VALUE: not usable in the transaction that adds it. */
    readonly addsEnumValue?: string;
}
/** Some whole statements of a file too large to be kept statement by statement, sent as one message. UTF-16 offsets. */
export interface Piece extends Span {
    /** How many statements of it are sent. */
    readonly statements: number;
    /** It holds what psql keeps for itself: lines of a COPY, a line with \restrict. */
    readonly script: boolean;
    /** What of it is not sent: the file's own outer BEGIN and COMMIT, statements that make the tracking tables. */
    readonly left: readonly Span[];
    /** It is one statement, which the parser could not read. */
    readonly unread: boolean;
}
/** A migration read as SQL and ready to be sent. */
export interface RunnableMigration {
    readonly file: MigrationFile;
    /**
     * The up part, with what is not sent (its own outer BEGIN and COMMIT, lines of COPY) as spaces: every position is the
     * file's. With `pieces` it is as in the file: `sql/lay-out-pieces.ts` leaves out what is not sent.
     */
    readonly text: string;
    /** Where `${NAME}` stands in the file. The text has a literal or a name of the same length there. */
    readonly placeholders?: readonly Placeholder[];
    /** SQL of their values, one for each: what is sent. Absent where nothing is to be sent. Secret. */
    readonly fills?: readonly string[];
    /** Absent: the file is sent alone, in `pieces`; or can not be sent, because the parser refuses it. */
    readonly statements?: readonly RunnableStatement[];
    /** In place of `statements`: of a large file, or one with a statement that the parser could not read. */
    readonly pieces?: readonly Piece[];
    readonly unreadable?: string;
    readonly mode: TransactionMode;
    /** How far an earlier run came with it, where this one goes on. */
    readonly reached?: Journal;
    /** The shortest `lock_timeout` that its statements set, in milliseconds, as far as they say it in so many words. */
    readonly ownLockMs?: number;
    /** Rules whose findings would have stopped it, had they not been forced. */
    readonly forced?: readonly string[];
    /**
     * An earlier run failed to build an index concurrently, and the file was edited there, or is another one that names it:
     * what that left is taken away before anything of it runs, and not in a rehearsal.
     */
    readonly leftover?: true;
    /** A crash of the server that takes its commit takes all that it did: see `plan/stays-inside.ts`. */
    readonly staysInside?: true;
    /** Each statement stands alone, except in transactions of the file's own. */
    readonly alone?: true;
}
/** The ordered pending migrations against one target. */
export interface Plan {
    readonly migrations: readonly PlannedMigration[];
    /** Pending, but not part of this run (`version`, `to`). */
    readonly deferred: readonly PlannedMigration[];
    /** See docs/plan-hash.md. Absent where the files were not read as SQL. */
    readonly hash?: string;
}
/** An applied version whose file is no longer what was applied. */
export interface Drift {
    /** `replaced`: neither name nor text is what was applied, so that it may be another migration, which nobody has run. */
    readonly kind: 'edited' | 'deleted' | 'renamed' | 'replaced';
    readonly version: string;
    /** The name as recorded. */
    readonly recordedName: string;
    /** The file now, where there is one: its name, and its path for annotations. */
    readonly name?: string;
    readonly path?: string;
    readonly storedChecksum: string;
    readonly presentChecksum?: string;
}
