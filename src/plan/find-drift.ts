import type { AppliedRecord } from '../model/history.js'
import type { MigrationFile } from '../model/migration.js'
import type { Drift } from '../model/plan.js'
import { versionKey } from '../model/version.js'
import { matchChecksum } from './match-checksum.js'

/** Applied versions whose file was edited, deleted or renamed since. Rows that never completed are no drift. */
export function findDrift(records: readonly AppliedRecord[], files: readonly MigrationFile[]): Drift[] {
  const byVersion = new Map(files.map((file) => [versionKey(file.version), file]))
  return records
    .filter((record) => record.status === 'completed')
    .flatMap((record) => driftOf(record, byVersion.get(versionKey(record.version))) ?? [])
}

function driftOf(record: AppliedRecord, file: MigrationFile | undefined): Drift | undefined {
  const stored = { version: record.version, recordedName: record.name, storedChecksum: record.checksum }
  if (!file) return { kind: 'deleted', ...stored }
  const present = { name: file.name, path: file.path, presentChecksum: file.checksum }
  if (!matchChecksum(record.checksum, file)) return { kind: 'edited', ...stored, ...present }
  // Another runner's names follow a rule of its own.
  return record.ours && record.name !== file.name ? { kind: 'renamed', ...stored, ...present } : undefined
}
