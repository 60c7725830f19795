import type { Machine } from '../database/embedded/find-installations.js'
import type { RestOptions } from '../github/rest.js'
import type { Config } from '../model/config.js'
import type { Finding } from '../model/finding.js'
import type { Operation } from '../model/operation.js'
import type { Plan } from '../model/plan.js'
import type { Observe } from '../model/progress.js'

/** What a program is handed of the world besides disk and database. */
export interface System {
  readonly observe: Observe
  /** Asks a person whether the plan is to be applied. Absent where nobody can be asked. */
  readonly confirm?: (plan: Plan, config: Config) => Promise<boolean>
  /** Asks a person whether what a command other than `migrate` would do is to be done. Absent where nobody can be asked. */
  readonly confirmOperation?: (operation: Operation, config: Config) => Promise<boolean>
  /** Asks a person whether what stops a run unless it is forced is to be forced. Absent where nobody can be asked. */
  readonly confirmForce?: (findings: readonly Finding[], config: Config) => Promise<boolean>
  /** Told of secrets that are found out only now, in all spellings: the values that are filled in. */
  readonly mask?: (secrets: readonly string[]) => void
  readonly now: () => Date
  /** Called before files are worked on that are large together. Absent where the process is another's too. */
  readonly spareMemory?: () => void
  /** Aborted when the process was asked to end; the reason is the signal's name. */
  readonly signal?: AbortSignal
  /** How long to try for a connection again after one was lost. Default: a minute. */
  readonly reconnectWithinMs?: number
  /** How long to wait for an answer when history is read again. Default: that of `read-again.ts`. */
  readonly answerWithinMs?: number
  /** How long an answer of a shadow may take. Default: that of `database/shadows/watch-shadow.ts`. */
  readonly shadowAnswersWithinMs?: number
  /** SQL of so many bytes goes to the server in one message. Default: that of `sql/compose-message.ts`. */
  readonly messageBytes?: number
  /** Before a health check is tried the second time; doubled for each one after. Default: a second. */
  readonly healthPauseMs?: number
  /** Where PostgreSQL's programs are looked for. Default: where packages have them, then `PATH`. */
  readonly machine?: Pick<Machine, 'path' | 'places'>
  /** How long to wait for an answer of GitHub, and before it is asked again. Default: that of `github/rest.ts`. */
  readonly github?: Pick<RestOptions, 'timeoutMs' | 'pauseMs'>
}
