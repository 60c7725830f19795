import type { RunnableMigration } from '../../model/plan.js'
import type { Probe } from './probe.js'

/** Some statements of a file that ran in one transaction, or one that ran in none, and what was told of each. */
export interface LoggedRun {
  /** With all its statements. */
  readonly migration: RunnableMigration
  /** What was told before the first. */
  readonly opened: Probe
  readonly statements: readonly { readonly index: number; readonly probe: Probe }[]
  /** Its locks were given back: the transaction was rolled back to where it stood before. */
  readonly undone: boolean
  /** In no transaction: its locks are those that such statements are known to take. */
  readonly alone: boolean
}
