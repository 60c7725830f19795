import type { Bookkeeping } from '../model/bookkeeping.js'
import type { Outcome } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import type { Observe } from '../model/progress.js'
import type { Session } from '../model/session.js'

/** What an executor is handed. The run's lock is held on `session`. */
export interface Work {
  readonly session: Session
  readonly migrations: readonly RunnableMigration[]
  readonly bookkeeping: Bookkeeping
  readonly planHash: string
  /** SQL that sets the session up; sent again after each migration. */
  readonly settings: string
  /** What a migration may ask for otherwise, in milliseconds. */
  readonly lockTimeoutMs: number
  readonly statementTimeoutMs: number
  readonly observe: Observe
}

/**
 * What applies migrations and records what became of them. Stops at the first that is not applied; returns exactly one
 * outcome for each, `not-run` for those not reached. Never throws for what the database says.
 */
export type Executor = (work: Work) => Promise<Outcome[]>
