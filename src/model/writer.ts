import type { RunContext } from './config.js'
import type { Approval } from './permission.js'

/** The run that writes history: who, from where, in which environment, and who let it. */
export interface Writer extends RunContext {
  readonly environment: string
  /** `project.name` of the file. */
  readonly project?: string
  /** Its texts are redacted. */
  readonly approval?: Approval
  /** The target is to remember anew what it is: somebody said that it is so on purpose. */
  readonly movesTarget?: boolean
}
