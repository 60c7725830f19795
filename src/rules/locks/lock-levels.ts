import type { Levels } from '../../model/judging.js'

/** What keeps a table locked for long. Nobody waits in development; how long it is depends on the size, which no file tells. */
export const LOCK_LEVELS: Levels = { development: 'off', staging: 'warn', production: 'warn' }

/** What is quick, or may be. */
export const LESSER_LOCK_LEVELS: Levels = { development: 'off', staging: 'notice', production: 'notice' }
