import type { AppliedRecord } from '../model/history.js'
import type { MigrationFile } from '../model/migration.js'
import { versionKey } from '../model/version.js'

/** What one workflow run has applied of one plan, and the history without it. */
export interface Continued {
  /** In the order of application. To be read as SQL again, together with what is pending, for how they ran. */
  readonly files: readonly MigrationFile[]
  /** All other rows: the history as it was when the plan was made, if nobody else has done anything. */
  readonly records: readonly AppliedRecord[]
}

/**
 * What an earlier attempt of this very run applied under this very plan. From it the plan as it was before can be made
 * again, and its hash compared with the one that was approved.
 *
 * @param files all of the folder, in the order of application
 * @param run absent where no workflow runs it: then nothing can be told to be its own
 */
export function findContinued(
  records: readonly AppliedRecord[],
  files: readonly MigrationFile[],
  hash: string,
  run: string | undefined,
): Continued | undefined {
  const own = new Set(records.filter((record) => isOwn(record, hash, run)))
  if (own.size === 0) return undefined
  const versions = new Set([...own].map(({ version }) => versionKey(version)))
  return {
    files: files.filter(({ version }) => versions.has(versionKey(version))),
    records: records.filter((record) => !own.has(record)),
  }
}

function isOwn({ status, planHash, runUrl }: AppliedRecord, hash: string, run: string | undefined): boolean {
  return run !== undefined && status === 'completed' && planHash === hash && runUrl === run
}
