import type { Bookkeeping } from '../model/bookkeeping.js'
import type { Timeouts } from '../model/config.js'
import type { AppliedRecord } from '../model/history.js'
import type { Failure, Outcome } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import type { Observe } from '../model/progress.js'
import type { ServerLife } from '../model/server-life.js'
import type { ServerError, Session } from '../model/session.js'
import type { Watch } from '../model/watch.js'

/** The connection that is worked on. It holds the run's lock. */
export interface Line {
  readonly session: Session
  /** `pg_backend_pid()`, which a pooler in between does not tell when connecting. */
  readonly backend: number
  /** The tracking table as read under the lock. */
  readonly records: readonly AppliedRecord[]
  /** Of the server, where it tells: what is another after a loss was restarted, or has crashed. */
  readonly life?: ServerLife
  /** For the tables as they stand now: `ensure` is empty when they need nothing. */
  readonly bookkeeping: Bookkeeping
}

/** What an executor is handed. */
export interface Work extends Line {
  readonly migrations: readonly RunnableMigration[]
  readonly planHash: string
  /** SQL that sets the session up; sent again after each migration. */
  readonly settings: string
  /** SQL, in a transaction of its own that never fails, for when all is done that will be: records what the schema is now. */
  readonly recordSchema?: string
  /** What a migration may ask for otherwise. */
  readonly timeouts: Timeouts
  /** Each commit is to wait for the server's disk. Default: until a connection is lost, only the last of a message does. */
  readonly waits?: boolean
  /** Versions that are pending and left for a later run: what stands half done in them is settled there. Default: none. */
  readonly later?: readonly string[]
  /** It undoes migrations: what files left that are not undone here is none of its business. */
  readonly goesBack?: true
  /** All migrations in one transaction. */
  readonly together: boolean
  /** SQL of so many bytes goes into one message. Default: that of `sql/compose-message.ts`. */
  readonly messageBytes?: number
  readonly observe: Observe
  /**
   * Told what the server has and has not answered for, whenever that changes: so many migrations from this index on. If the
   * run is left, nobody knows what becomes of these that have no outcome; of those behind nothing was sent.
   */
  readonly sent?: (first: number, count: number) => void
  readonly watch: Watch
  /** Aborted when somebody asked the run to end: the running statement is being cancelled then. */
  readonly signal: AbortSignal
  /**
   * Connects again after the connection was lost, takes the lock and reads the records: while the old backend lives,
   * the lock is not to be had, so what is read is what really happened. Undefined when it can not be done in time.
   */
  readonly reconnect: (reason: string) => Promise<Line | undefined>
  /**
   * Creates or upgrades the tables, and records that the run begins, in a message of its own. Tells of a lost connection;
   * throws a `UserError` for whatever else stands against it.
   *
   * @param refused what the server said when it ended the connection at a limit while they were made: nothing is sent then
   */
  readonly ensureTables: (line: Line, refused?: ServerError) => Promise<Failure | undefined>
}

/**
 * What applies migrations and records what became of them. Stops at the first that is not applied; returns exactly one
 * outcome for each, `not-run` for those not reached. Never throws for what
 * the database says of a migration.
 */
export type Executor = (work: Work) => Promise<Outcome[]>
