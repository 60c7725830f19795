import type { Level, Levels } from '../model/judging.js'

/** One level lower in each environment: what holds for things that the judged files make themselves. */
export function lowered({ development, staging, production }: Levels): Levels {
  return { development: LOWER[development], staging: LOWER[staging], production: LOWER[production] }
}

const LOWER: Readonly<Record<Level, Level>> = {
  never: 'force',
  force: 'warn',
  block: 'warn',
  warn: 'notice',
  notice: 'off',
  off: 'off',
}
