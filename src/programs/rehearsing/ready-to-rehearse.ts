import type { Finding } from '../../model/finding.js'
import type { RunnableMigration } from '../../model/plan.js'

/** What is ready to be rehearsed. */
export interface ReadyToRehearse {
  readonly migrations: readonly RunnableMigration[]
  /** See `JudgedFiles.unsaid`. */
  readonly unsaid: readonly Finding[]
}
