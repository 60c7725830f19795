import type { MigrationFile } from './migration.js'

/** How a file runs: with its record in one transaction, or statement by statement. */
export type TransactionMode = 'transaction' | 'no-transaction'

/** One pending migration in its place. */
export interface PlannedMigration {
  readonly file: MigrationFile
  /** Sorts before something already applied. */
  readonly outOfOrder: boolean
}

/** The ordered pending migrations against one target. */
export interface Plan {
  readonly migrations: readonly PlannedMigration[]
  /** Pending, but not part of this run (`version`, `to`). */
  readonly deferred: readonly PlannedMigration[]
  /** `v0:sha256:` over the ordered (version, checksum) pairs. */
  readonly hash: string
}

/** An applied version whose file is no longer what was applied. */
export interface Drift {
  readonly kind: 'edited' | 'deleted' | 'renamed'
  readonly version: string
  /** The name as recorded. */
  readonly recordedName: string
  /** The file now, where there is one: its name, and its path for annotations. */
  readonly name?: string
  readonly path?: string
  readonly storedChecksum: string
  readonly presentChecksum?: string
}
