/** One result set of a simple-query message, every value as the server's text. */
export interface Rows {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly (string | null)[])[];
}
/** What the server said about an error, redacted. DETAIL is left out, and CONTEXT but for `context`: they can hold row data. */
export interface ServerError {
    /** SQLSTATE, five characters; `connection-lost` where the connection ended instead. */
    readonly code: string;
    readonly message: string;
    readonly hint?: string;
    /** Counts characters from 1, from the start of the message that was sent. */
    readonly characterPosition?: number;
    /** COPY … FROM STDIN: which of its lines it failed at, from 1; of several, the table's name tells which (`chooseCopyLine`). */
    readonly copyLines?: readonly number[];
    /** Where in PL/pgSQL it was, the innermost first: names of functions, numbers of their lines, kinds of statements. */
    readonly context?: readonly string[];
    /** Which table it is about, and which of its constraints, where the server says so. */
    readonly table?: {
        readonly schema?: string;
        readonly name: string;
    };
    readonly constraint?: string;
    /** The server ends the connection after it. */
    readonly fatal: boolean;
    /** Where it ended the connection for having reached a limit that is set: which. */
    readonly limit?: SessionLimit;
    /** The server itself said that it ends the connection. Absent where that only broke, and nobody said why. */
    readonly isTold?: true;
}
/** SQLSTATE of `idle_in_transaction_session_timeout`, and of `transaction_timeout`. */
export type SessionLimit = '25P03' | '25P04';
/** The answer to one simple-query message. Never thrown: an error is a value. */
export interface Reply {
    /** Result sets in order; empty when the sender asked to drop rows. */
    readonly results: readonly Rows[];
    /** How many statements of the message were done before its end or its error. */
    readonly completed: number;
    readonly error?: ServerError;
    /** `I` idle · `T` in a transaction · `E` in a failed one · `lost`: the connection is gone. */
    readonly state: 'I' | 'T' | 'E' | 'lost';
    /** A migration's own text, of which nothing was sent: the session reads text otherwise by now than it was checked. */
    readonly unsent?: true;
}
export interface SendOptions {
    /**
     * False (a migration's own text) drops result rows, so that memory stays bounded; and nothing is sent where the session
     * would read it otherwise than it was checked. Default: true.
     */
    readonly keepRows?: boolean;
    /** With `keepRows` false: results whose one column has this name are kept. Not to be guessed by the text that is sent. */
    readonly keepColumn?: string;
    /** What each `COPY … FROM STDIN` of the message reads, in order: lines as the file has them, without the closing `\.`. */
    readonly copies?: readonly string[];
    /** Told at once of each mark (`sql/mark.ts`) the message sets: the answers themselves come only at its end. */
    readonly onMark?: (mark: string) => void;
    /** A `Watch` looks at it while it runs. */
    readonly isWatched?: boolean;
}
/** One connection. Messages are sent one at a time, in the simple-query protocol: one turn on the wire each. */
export interface Session extends AsyncDisposable {
    /** As the server, or a pooler in its name, gave it when connecting. */
    readonly processId: number;
    send(sql: string, options?: SendOptions): Promise<Reply>;
    /**
     * Asks the server, on a connection of its own, to end what it runs of a migration's own text (`keepRows` false). Never
     * throws; does nothing to messages of ours, and when idle.
     */
    cancel(): Promise<void>;
    /** Takes the connection for lost: what is under way ends as if it had broken. For one whose other end is gone without a word. */
    giveUp(reason: string): void;
    /** Told which process works for it, where a pooler stands before it and keeps that one for it. */
    keeps?(backend: number): void;
}
