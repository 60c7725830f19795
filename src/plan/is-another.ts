import type { AppliedRecord } from '../model/history.js'
import type { MigrationFile } from '../model/migration.js'
import type { Problem } from '../model/problem.js'
import { matchChecksum } from './match-checksum.js'

/**
 * Whether neither the name nor the text of a file is what was recorded of its version: then it may be another migration,
 * of which nothing was ever run. Another runner's names follow a rule of its own, and say nothing.
 */
export function isAnother(
  { name, checksum, ours }: Pick<AppliedRecord, 'name' | 'checksum' | 'ours'>,
  file: MigrationFile,
): boolean {
  return ours && name !== file.name && !matchChecksum(checksum, file)
}

/** Taken for the recorded one, what nobody has run would count as applied. */
export function refuseAnother({ version, name }: AppliedRecord, file: MigrationFile): Problem {
  return {
    message: `Version ${version} was applied as ${name}. ${file.name} is another file: neither its name nor its text is what was applied.`,
    help: `Give ${file.name} a new version, and put ${name} back, which another branch may have. If it is the same migration, renamed and edited: give it its recorded name back first.`,
  }
}
