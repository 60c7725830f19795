import type { MigrationFile } from '../model/migration.js'
import { versionKey } from '../model/version.js'
import { isAtMost } from './at-most.js'
import type { Compared, ForeignRow, ForeignTool } from './foreign-tool.js'
import { compareRow } from './match-by-key.js'

/**
 * One row: the version that the database is at. All files up to it are taken to be applied, also those that were added
 * later and never ran; nobody can tell. `dirty`: the file of that version was begun, and did not end.
 */
export const golangMigrate: ForeignTool = {
  title: 'golang-migrate',
  table: { names: ['schema_migrations'], columns: ['version', 'dirty'], exact: true },
  select: (table) => ({ values: ['version', 'dirty'], from: `${table} ORDER BY version DESC` }),
  compare: (rows, files) => {
    const [version, dirty] = rows[0] ?? []
    if (version == null || version.startsWith('-')) return files.map(pending)
    const compared = files.map((file) => compareFile(file, version, dirty === 'true'))
    const isThere = files.some((file) => versionKey(file.version) === versionKey(version))
    return isThere ? compared : [...compared, missing(version, dirty === 'true')]
  },
}

function pending(file: MigrationFile): Compared {
  return { kind: 'pending', file, isChecked: false }
}

function compareFile(file: MigrationFile, current: string, isDirty: boolean): Compared {
  if (!isAtMost(file.version, current)) return pending(file)
  const isCurrent = versionKey(file.version) === versionKey(current)
  return compareRow(rowOf(file.version, isCurrent && isDirty, current), file, 'unknown')
}

function rowOf(version: string, isDirty: boolean, current: string): ForeignRow {
  const row = { key: versionKey(version), label: version }
  if (isDirty) return { ...row, state: 'failed', note: 'the database is dirty at this version' }
  return { ...row, state: 'applied', note: `the database is at version ${current}` }
}

function missing(version: string, isDirty: boolean): Compared {
  return { kind: 'missing', row: rowOf(version, isDirty, version), isChecked: false }
}
