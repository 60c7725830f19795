import type { Bookkeeping } from '../model/bookkeeping.js'
import type { RunnableMigration } from '../model/plan.js'
import type { Observe } from '../model/progress.js'
import type { Session } from '../model/session.js'
import type { Watch } from '../model/watch.js'

/** What a rehearsal on the target is handed. */
export interface Rehearsal {
  readonly session: Session
  /** `pg_backend_pid()` of it. */
  readonly backend: number
  readonly migrations: readonly RunnableMigration[]
  /** `ensure` creates the tracking tables for the length of the rehearsal; `lockHeld` is checked after each file. */
  readonly bookkeeping: Pick<Bookkeeping, 'ensure' | 'lockHeld'>
  /** SQL that sets the session up; sent again after each file. */
  readonly settings: string
  readonly observe: Observe
  readonly watch: Watch
  /** A lost connection counts as the failure of the file that was at work: it was lost there before. */
  readonly lossIsFailure: boolean
  /** Aborted when somebody asked the run to end. */
  readonly signal: AbortSignal
}
