import type { Command } from '../model/inputs.js'
import { COMMANDS } from './commands.js'

/** The commands that an input changes something for. */
export const ALL = Object.keys(COMMANDS) as Command[]
/** What the action's input `command` takes. */
export const IN_ACTION: readonly Command[] = ALL.filter((command) =>
  COMMANDS[command].entries.includes('action'),
)
export const READING: readonly Command[] = ALL.filter((command) => command !== 'setup')
export const CONNECTING: readonly Command[] = ALL.filter((command) => COMMANDS[command].connects)
export const LOCKING: readonly Command[] = ALL.filter((command) => COMMANDS[command].locks)
export const CHANGING: readonly Command[] = ALL.filter((command) => COMMANDS[command].changes)
export const JUDGING: readonly Command[] = ['validate', 'plan', 'dry-run', 'migrate']
/** Those that read what is pending as SQL. */
export const PLANNING: readonly Command[] = ['plan', 'dry-run', 'migrate']
/** Those that are no part of bringing pending migrations into a target (`programs/operate.ts`). */
const OPERATING = [
  'rollback',
  'repair',
  'baseline',
  'adopt',
  'backup',
  'restore',
] as const satisfies readonly Command[]
export type Operating = (typeof OPERATING)[number]

export function isOperating(command: Command): command is Operating {
  return OPERATING.some((each) => each === command)
}
