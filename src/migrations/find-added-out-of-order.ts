import type { Finding } from '../model/finding.js'
import type { MigrationFile } from '../model/migration.js'
import { versionKey } from '../model/version.js'
import { compareVersions } from './version-order.js'

/** A migration that a commit has. */
export interface BaseFile {
  /** Of its content, as git names it. */
  readonly id: string
  /** Relative to the migrations folder, with `/`. */
  readonly name: string
  readonly version: string
}

/**
 * New files that would be applied before what the base has, or have a version that it took by now.
 *
 * @param files all of them, in the order they are applied in
 * @param added those of them that the base does not have
 * @param later what the base has got since the checkout left it
 */
export function findAddedOutOfOrder(
  files: readonly MigrationFile[],
  added: readonly MigrationFile[],
  later: readonly BaseFile[],
  ref: string,
): Finding[] {
  const isAdded = new Set(added)
  const newest = files.findLast((file) => !isAdded.has(file))
  const last = newest === undefined ? -1 : files.lastIndexOf(newest)
  const newestLater = later.reduce<BaseFile | undefined>(
    (most, one) => (most && compareVersions(most.version, one.version) >= 0 ? most : one),
    undefined,
  )
  const byVersion = new Map(later.map((file) => [versionKey(file.version), file]))
  return files.flatMap((file, index) => {
    if (!isAdded.has(file)) return []
    const twin = byVersion.get(versionKey(file.version))
    if (twin) return [taken(file, twin, ref)]
    if (newestLater && compareVersions(file.version, newestLater.version) < 0)
      return [outOfOrder(file, newestLater, ref)]
    return newest && index < last ? [outOfOrder(file, newest, ref)] : []
  })
}

function outOfOrder(file: MigrationFile, newest: Pick<BaseFile, 'name' | 'version'>, ref: string): Finding {
  return {
    rule: 'out-of-order-with-base',
    severity: 'error',
    file: file.path,
    message: `${file.name} is new and sorts before ${newest.name}, which the base ${ref} has.`,
    help: `Give it a version after ${newest.version}. Where that is applied already, this one would be out of order; allow_out_of_order allows it.`,
  }
}

function taken(file: MigrationFile, twin: BaseFile, ref: string): Finding {
  return {
    rule: 'duplicate-version',
    severity: 'error',
    file: file.path,
    message: `${file.name} has the same version as ${twin.name}, which the base ${ref} has by now: only one of them would ever be applied.`,
    help: 'Give it a version of its own, after the newest on the base.',
  }
}
