import type { Shown } from './parse-look.js'

/** How long a message of ours may take before anybody looks whether somebody works on it. Milliseconds. */
export const SILENT_MS = 5_000

/** The last words of a process that has ended may still be on the wire. */
export const ON_THE_WAY_MS = 3_000

export const GONE = 'the server has ended the session, and no word of it came through'

/** Of a process that waits for us while we wait for it. */
export const NOT_AT_WORK: Shown = {
  doing: 'the server has nothing of it to work on, so it is still on its way, or its answer is',
  blockedBy: [],
  blocking: [],
}
