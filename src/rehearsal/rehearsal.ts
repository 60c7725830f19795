import type { Bookkeeping } from '../model/bookkeeping.js'
import type { Redact, Timeouts } from '../model/config.js'
import type { RehearsalPlace } from '../model/measured.js'
import type { Failure } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import type { Observe } from '../model/progress.js'
import type { Session } from '../model/session.js'
import type { Watch } from '../model/watch.js'

/** What a rehearsal is handed. */
export interface Rehearsal {
  readonly place: RehearsalPlace['kind']
  readonly session: Session
  /** `pg_backend_pid()` of it. */
  readonly backend: number
  readonly migrations: readonly RunnableMigration[]
  /** `ensure` creates the tracking tables, on a target for the length of the rehearsal; `lockHeld` is checked there after each file. */
  readonly bookkeeping: Pick<Bookkeeping, 'ensure' | 'lockHeld'>
  /** SQL that sets the session up; sent again after each file. */
  readonly settings: string
  /** What of them is a limit, to be told of. */
  readonly timeouts: Timeouts
  /** How long a lock is waited for and a statement may run, in milliseconds; 0 is without limit. */
  readonly lockMs: number
  readonly statementMs: number
  /** All migrations will be applied in one transaction. */
  readonly together: boolean
  /** Why a statement, by its index in the migration, is not to be sent: a clause. Of a file in pieces any index stands for all. */
  readonly leaves?: (migration: RunnableMigration, statement: number) => string | undefined
  /** Why an error says nothing about the file where this runs: a clause. */
  readonly excuse?: (failure: Pick<Failure, 'code' | 'message'>) => string | undefined
  /** The tables that are there have rows on the target, and none where this runs. */
  readonly lacksRows?: boolean
  /** Of names that the server tells. */
  readonly redact: Redact
  /** Told what can't be told of all files, each time a sentence. */
  readonly limit: (sentence: string) => void
  readonly observe: Observe
  readonly watch: Watch
  /** A lost connection counts as the failure of the file that was at work: it was lost there before. */
  readonly lossIsFailure: boolean
  /** Aborted when somebody asked the run to end. */
  readonly signal: AbortSignal
}

/** Each file commits, as it will; else all of it is one transaction that is rolled back. */
export function commitsEach({ place, together }: Pick<Rehearsal, 'place' | 'together'>): boolean {
  return place === 'shadow' && !together
}
