/** How long a rehearsal may wait for a lock, and run a statement, on a target that others work on. Milliseconds. */
export const BUDGET = { lockMs: 1_000, statementMs: 30_000 } as const
