import { isRepeatable } from '../../model/is-repeatable.js'
import type { MigrationFile } from '../../model/migration.js'
import type { RunnableMigration } from '../../model/plan.js'
import { versionKey } from '../../model/version.js'
import { matchChecksum } from '../../plan/match-checksum.js'
import { type NotPrepared, prepareFiles } from '../judging/prepare-files.js'
import type { Way } from '../way.js'

/** The files that history says are completed, in order and ready to be sent: what makes the schema of a target anew. */
export async function prepareApplied({
  config,
  gathered,
  known,
}: Pick<Way, 'config' | 'gathered' | 'known'>): Promise<readonly RunnableMigration[] | NotPrepared> {
  const completed = known.records.filter(({ status }) => status === 'completed')
  const applied = new Set(completed.map(({ version }) => versionKey(version)))
  // What was changed since is run again with the pending ones, which it may need.
  const isChanged = (file: MigrationFile) =>
    isRepeatable(file) &&
    !completed.some(({ version, checksum }) => version === file.version && matchChecksum(checksum, file))
  const files = (gathered.files ?? []).filter(
    (file) => applied.has(versionKey(file.version)) && !isChanged(file),
  )
  const there = new Set(files.map(({ version }) => versionKey(version)))
  const missing = completed.find((record) => !there.has(versionKey(record.version)) && !isRepeatable(record))
  if (missing) return { why: `the file of ${missing.name}, which is applied, is not in the folder` }
  return prepareFiles({ config, known }, files)
}
