import type { Config } from '../model/config.js'
import type { Plan } from '../model/plan.js'
import type { Observe } from '../model/progress.js'

/** What a program is handed of the world besides disk and database. */
export interface System {
  readonly observe: Observe
  /** Asks a person whether the plan is to be applied. Absent where nobody can be asked. */
  readonly confirm?: (plan: Plan, config: Config) => Promise<boolean>
  readonly now: () => Date
  /** Aborted when the process was asked to end; the reason is the signal's name. */
  readonly signal?: AbortSignal
  /** How long to try for a connection again after one was lost. Default: a minute. */
  readonly reconnectWithinMs?: number
}
