import { isOperating, type Operating } from '../config/command-groups.js'
import type { Config } from '../model/config.js'
import type { Report } from '../model/report.js'
import { adopt } from './adopt.js'
import { backup } from './backup.js'
import { baseline } from './baseline.js'
import { migrate } from './migrate.js'
import { repair } from './repair.js'
import { restore } from './restore.js'
import { rollback } from './rollback.js'
import type { System } from './system.js'
import type { Operate } from './way.js'

/**
 * What each command does that is no prefix of `migrate`, once it is connected, has read the history under the lock, and the
 * target is what it is taken for. To add one: write `programs/<command>.ts` and name it here and in `config/commands.ts`.
 */
const OPERATIONS: Readonly<Record<Operating, Operate>> = {
  adopt,
  backup,
  baseline,
  repair,
  rollback,
  restore,
}

/** The same way into a target as `migrate`, up to where that plans. */
export function operate(config: Config, system: System, startedAt: Date): Promise<Report> {
  const { command } = config
  if (!isOperating(command)) throw new Error(`${command} is not carried out`)
  return migrate(config, system, startedAt, OPERATIONS[command])
}
