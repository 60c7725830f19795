import type { Trace } from './trace.js';
/**
 * How far a file outside a transaction came, as its row keeps it. What is counted as done was committed together with
 * the journal that says so, or before it; never after.
 */
export interface Journal {
    /** Statements done, from the first on. */
    readonly done: number;
    /** Over the texts of those done, SHA-256, lower-case hex: a file may be edited behind them, and not in them. Empty for none. */
    readonly digest: string;
    /** The statement after those, where it runs outside a transaction and nothing after it is recorded. */
    readonly started?: StartedStatement;
    /**
     * What the session was set to after those done, which another one needs again. Absent where nothing is done, where it is not
     * known, and in journals of older versions: then it is read from the file's text.
     */
    readonly session?: Readonly<Record<string, string>>;
    /** The last of those done changed that, maybe for its own transaction only: nobody has looked after its end. */
    readonly unsettled?: true;
}
export interface StartedStatement {
    /** SHA-256 of its text, lower-case hex. */
    readonly digest: string;
    /**
     * `running`: whether it is done, or done in part, is not known. `failed`: the server refused it; something may be left
     * of it that the catalog shows. `done` and `again` are written by a person who looked.
     */
    readonly state: 'running' | 'failed' | 'done' | 'again';
    /** What the catalog held of what it works on before it began (`Trace`). */
    readonly before: readonly string[];
    /**
     * Where the catalog shows what became of it: the file may hold another statement by now. Absent where nothing shows it,
     * and in journals of older versions.
     */
    readonly trace?: Trace;
    /** Of one that failed: what of that was new right after, where it could be looked up. What came later is not its own. */
    readonly left?: readonly string[];
}
