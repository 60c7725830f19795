import type { AppliedRecord } from './history.js'
import type { RecordChange } from './record-change.js'

/** What is recorded about one migration. */
export interface RecordedMigration {
  readonly version: string
  readonly name: string
  readonly checksum: string
  readonly planHash: string
  /** Rules whose findings would have stopped it, had they not been forced by who runs it. */
  readonly forced?: readonly string[]
}

/**
 * SQL texts that keep history, made by `database/` and sent by whoever runs migrations. Each expects to stand inside a
 * transaction with `search_path = pg_catalog, pg_temp`, and raises when what it must find is not there.
 */
export interface Bookkeeping {
  /**
   * Creates or upgrades the tables, and has the target remember what it is; empty when all is up to date. Sent twice it
   * does no harm.
   */
  readonly ensure: string
  /**
   * Records that this attempt of a workflow run begins the plan that it was approved for, so that a later attempt may go on
   * with it though the first file was cut off and left nothing. Empty where no approval was asked for. Sent twice it is
   * recorded once. For a transaction before that of the first file, after `ensure`.
   */
  readonly begins: string
  /**
   * Records `running` with the transaction's id. Raises when the version is completed already.
   *
   * @param reached for a file outside a transaction: how far it came, in this run or an earlier one
   */
  start(migration: RecordedMigration, reached?: RecordedProgress): string
  /** Turns our own `running` row of this transaction into `completed`, raising unless it is exactly one and the lock is held. */
  complete(migration: RecordedMigration): string
  /** Outside a transaction: how far it came. */
  progress(migration: RecordedMigration, reached: RecordedProgress): string
  /** Outside a transaction: `running` to `completed`, raising unless exactly one. */
  finish(migration: RecordedMigration): string
  /** Raises unless this session holds the run's lock. */
  readonly lockHeld: string
  /**
   * Replaces whatever the version's row was, unless completed, by a failure. How far an earlier run came stays as it is
   * unless the failure says it, and the status too when it is a rehearsal that failed.
   */
  fail(migration: RecordedMigration, failure: RecordedFailure): string
  /**
   * Nothing is left of a statement that failed, which the row's journal tells of: that is not looked up again. Changes no row
   * that is another than it was read.
   */
  settled(record: Pick<AppliedRecord, 'version' | 'journal'>): string
  /** What a change of a row outside `migrate` means for another tool's table that is kept in step; empty without one. */
  follow(change: RecordChange): string
}

export interface RecordedFailure {
  readonly status: 'failed' | 'partial' | 'unknown'
  readonly event: 'rehearsal' | 'apply'
  /** The run was asked to end. */
  readonly cancelled?: boolean
  readonly message: string
  readonly executionTimeMs: number
  readonly statementsDone: number | null
  readonly journal?: string
}

export interface RecordedProgress {
  readonly statementsDone: number
  /** `sql/journal-text.ts` */
  readonly journal: string
}
