import type { AppliedRecord } from '../model/history.js'
import { isRepeatable } from '../model/is-repeatable.js'
import type { MigrationFile } from '../model/migration.js'
import type { Drift } from '../model/plan.js'
import { versionKey } from '../model/version.js'
import { isAnother } from './is-another.js'
import { matchChecksum } from './match-checksum.js'

/**
 * Applied versions whose file was edited, deleted, renamed or replaced by another since. Rows that never completed are no drift; nor are
 * repeatable files, which are there to be changed.
 */
export function findDrift(records: readonly AppliedRecord[], files: readonly MigrationFile[]): Drift[] {
  const byVersion = new Map(files.map((file) => [versionKey(file.version), file]))
  return records.flatMap((record) => {
    if (record.status !== 'completed' || isRepeatable(record)) return []
    return driftOf(record, byVersion.get(versionKey(record.version))) ?? NONE
  })
}

const NONE: readonly Drift[] = []

function driftOf(record: AppliedRecord, file: MigrationFile | undefined): Drift | undefined {
  const isSame = file !== undefined && matchChecksum(record.checksum, file)
  // Another runner's names follow a rule of its own.
  if (isSame && (!record.ours || record.name === file.name)) return undefined
  const stored = { version: record.version, recordedName: record.name, storedChecksum: record.checksum }
  if (!file) return { kind: 'deleted', ...stored }
  const present = { name: file.name, path: file.path, presentChecksum: file.checksum }
  return { kind: isSame ? 'renamed' : isAnother(record, file) ? 'replaced' : 'edited', ...stored, ...present }
}
