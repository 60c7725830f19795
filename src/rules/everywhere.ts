import type { Level, Levels } from '../model/judging.js'

/** One level, whatever the class of the environment. */
export function everywhere(level: Level): Levels {
  return { development: level, staging: level, production: level }
}
