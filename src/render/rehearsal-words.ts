import type { RehearsalState } from '../model/outcome.js'

/** Of a file, for people. */
export const REHEARSAL_WORDS: Readonly<Record<RehearsalState, string>> = {
  rehearsed: 'rehearsed',
  failed: 'failed',
  'partly-rehearsed': 'partly rehearsed',
  'not-rehearsable': 'not rehearsable here',
  'not-run': 'not reached',
}
