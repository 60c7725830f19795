import type { MigrationFile } from '../model/migration.js'
import type { Checked, Compared, ForeignRow } from './foreign-tool.js'

/** How the rows of a tool and files are brought together. */
export interface KeyMatch {
  /** Undefined: the tool would never take it for one of its own. */
  readonly keyOf: (file: MigrationFile) => string | undefined
  readonly check?: (file: MigrationFile, row: ForeignRow) => Checked
  /** What is to be known of a row without a file, as a clause. */
  readonly whyMissing?: (row: ForeignRow) => string | undefined
}

/** For tools whose rows and files are one to one. Rows come first, in their order; then files that no row tells of. */
export function matchByKey(
  rows: readonly ForeignRow[],
  files: readonly MigrationFile[],
  { keyOf, check = () => 'unknown', whyMissing }: KeyMatch,
): Compared[] {
  const byKey = new Map<string, MigrationFile>()
  for (const file of files) {
    const key = keyOf(file)
    if (key !== undefined && !byKey.has(key)) byKey.set(key, file)
  }
  const matched = new Set<MigrationFile>()
  const found = onceEach(rows).map((row) => {
    const file = byKey.get(row.key)
    if (file === undefined) return missing(row, whyMissing?.(row))
    matched.add(file)
    return compareRow(row, file, check(file, row))
  })
  const rest = files.filter((file) => !matched.has(file))
  return [...found, ...rest.map((file) => ({ kind: 'pending', file, isChecked: false }) as const)]
}

/** Some tables may have a row twice; one that does not know the migration to be done counts then. */
function onceEach(rows: readonly ForeignRow[]): ForeignRow[] {
  const byKey = new Map<string, ForeignRow>()
  for (const row of rows) if (!byKey.has(row.key) || row.state === 'failed') byKey.set(row.key, row)
  return [...byKey.values()]
}

function missing(row: ForeignRow, note: string | undefined): Compared {
  const said = note ?? row.note
  return { kind: 'missing', row, isChecked: false, ...(said === undefined ? {} : { note: said }) }
}

/** One row and its file. What failed may have been edited since, to be tried again. */
export function compareRow(row: ForeignRow, file: MigrationFile, checked: Checked): Compared {
  const note = row.note === undefined ? {} : { note: row.note }
  if (row.state === 'failed') return { kind: 'failed', file, row, isChecked: false, ...note }
  if (checked === 'edited') return { kind: 'edited', file, row, isChecked: true, ...note }
  return { kind: 'applied', file, row, isChecked: checked === 'same', ...note }
}
