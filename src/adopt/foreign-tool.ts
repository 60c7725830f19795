import type { ForeignQuery } from '../model/foreign-tool.js'
import type { MigrationFile } from '../model/migration.js'
import type { Rows } from '../model/session.js'

/**
 * One tool whose history can be adopted: how its table is known again, what is read of it, and how that and the files of
 * a folder tell of one another. Pure: it gives SQL, and is given rows and files. To add one: a file of its own, its name in
 * `model/foreign-tool.ts`, and a line in `all-tools.ts`, which does not compile without it.
 */
export interface ForeignTool {
  /** As it writes itself. */
  readonly title: string
  readonly table: ForeignTable
  /**
   * What is read of its rows.
   *
   * @param table quoted and qualified
   * @param columns that the table has
   */
  readonly select: (table: string, columns: readonly string[]) => ForeignQuery
  /** Compares what was read with the files, each file and each row that counts exactly once. */
  readonly compare: (rows: Rows['rows'], files: readonly MigrationFile[]) => Compared[]
}

/** What a table of a tool looks like. */
export interface ForeignTable {
  /** What it is called unless it was configured otherwise. */
  readonly names: readonly string[]
  readonly columns: readonly string[]
  /** It has no other columns. */
  readonly exact?: true
  /** Others have tables with these columns too: it counts only where it has its own name, or was named. */
  readonly common?: true
  /** A table in the same schema by which it is known to be another tool's. */
  readonly unless?: string
}

/** One thing that a tool recorded, by what the tool itself tells it apart. */
export interface ForeignRow {
  readonly key: string
  /** As the table has it, for people. Foreign text. */
  readonly label: string
  /** `failed`: it was begun, and the tool does not know it to be done. */
  readonly state: 'applied' | 'failed'
  /** What there is to know of it, as a clause. */
  readonly note?: string
  readonly checksum?: string
  /** ISO 8601. */
  readonly appliedAt?: string
  readonly executionTimeMs?: number
  readonly appliedBy?: string
}

/** What became of comparing a row's checksum with a file: `unknown` where the row has none that could be compared. */
export type Checked = 'same' | 'edited' | 'unknown'

/** A file, a row, or the two together. */
export interface Compared {
  /**
   * `applied`: both, and they agree as far as that can be told · `edited`: both, and the file is not what was applied ·
   * `failed`: the tool began it and does not know it to be done · `missing`: no file · `pending`: no row.
   */
  readonly kind: 'applied' | 'edited' | 'failed' | 'missing' | 'pending'
  readonly file?: MigrationFile
  readonly row?: ForeignRow
  readonly isChecked: boolean
  /** What was seen, as a clause about it. Foreign text. */
  readonly note?: string
}
