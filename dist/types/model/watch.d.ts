import type { Reply } from './session.js';
/** Another session that holds what ours waits for, or waits for what ours holds. Foreign text is redacted. */
export interface OtherSession {
    readonly processId: number;
    readonly user: string | null;
    readonly application: string | null;
    readonly address: string | null;
    readonly state: string | null;
    /** Since its query began, or since it does nothing in its transaction. */
    readonly ageMs: number | null;
    /** Without its strings, numbers and comments, cut at 200 characters; null where the role may not see it. */
    readonly query: string | null;
}
/** A message's answer, and who stood in its way when it was looked at last. */
export interface Watched {
    readonly reply: Reply;
    readonly blockers: readonly OtherSession[];
}
export type StepDone = (isLast?: boolean) => void;
/** Looks at a message of ours while it runs, from a second connection that is opened only when it takes long. */
export interface Watch extends AsyncDisposable {
    /**
     * @param backend the process that works on the message (`pg_backend_pid()`)
     * @param lockMs the shortest `lock_timeout` that holds for it: the first look comes before that runs out. 0: none
     * @param send sends it; is handed what to call whenever the message has come a step further: it is not stuck then.
     *   After the last one it is not looked at any more.
     * @param giveUp called, with a clause about the connection, where the process is gone and its answer did not come
     */
    during(backend: number, lockMs: number, send: (stepDone: StepDone) => Promise<Reply>, giveUp?: (reason: string) => void): Promise<Watched>;
    /**
     * Closes the second connection, or gives up waiting for it: a pool may have no other for what is opened next. It is
     * opened again when a message takes long after that.
     */
    rest(): Promise<void>;
}
