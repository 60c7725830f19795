import type { Levels } from '../../model/judging.js'

/** Of a table whose size is not known, or small. `rehearsal/verdicts/weigh-work.ts` raises it by the size. */
export const MEASURED_LEVELS: Levels = { development: 'notice', staging: 'warn', production: 'warn' }
