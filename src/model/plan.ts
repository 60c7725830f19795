import type { MigrationFile } from './migration.js'
import type { Span } from './position.js'

/** How a file runs: with its record in one transaction, or statement by statement. */
export type TransactionMode = 'transaction' | 'no-transaction'

/** One pending migration in its place. */
export interface PlannedMigration {
  readonly file: MigrationFile
  /** Sorts before something already applied. */
  readonly outOfOrder: boolean
}

/** One statement of a file as it will be sent. */
export interface RunnableStatement {
  readonly span: Span
  /** What it is, where it can not run in a transaction: `CREATE INDEX CONCURRENTLY`. */
  readonly outside?: string
  /** The index that a concurrent build makes: PostgreSQL leaves an INVALID one behind when it fails. Names are quoted. */
  readonly builds?: { readonly table: string; readonly index?: string }
  /** ALTER TYPE … ADD VALUE: not usable in the transaction that adds it. */
  readonly addsEnumValue?: string
}

/** A migration read as SQL and ready to be sent. */
export interface RunnableMigration {
  readonly file: MigrationFile
  /** The up part, with what is not sent (its own outer BEGIN and COMMIT) as spaces: every position is the file's. */
  readonly text: string
  /** Absent: the parser could not read the file, which is sent whole, alone, and not rehearsed. */
  readonly statements?: readonly RunnableStatement[]
  readonly unreadable?: string
  readonly mode: TransactionMode
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
