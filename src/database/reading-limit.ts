/**
 * How long the tables that remember are waited for where they are read, in milliseconds: somebody who holds one exclusively
 * would keep a run waiting without end and without a word.
 */
export const READING_LOCK_MS = 10_000
