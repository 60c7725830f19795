import type { AppliedRecord } from '../model/history.js'
import { isRepeatable } from '../model/is-repeatable.js'
import type { MigrationFile } from '../model/migration.js'
import type { Problem } from '../model/problem.js'
import { versionKey } from '../model/version.js'
import { unwrapDown } from '../sql/down-journal.js'
import { fileOf } from './file-of.js'
import { findByVersion } from './find-by-version.js'

/** How far it goes back: exactly one of the three. */
export interface RollbackAsked {
  readonly only?: string
  /** The version to go back to, which stays; `0` is before the first. */
  readonly to?: string
  readonly steps?: number
  readonly allowOutOfOrder: boolean
}

/** A migration that is to be undone: its row, and its file where that is there. */
export interface Undone {
  readonly record: AppliedRecord
  readonly file?: MigrationFile
}

/** In the order in which they are undone, the newest first; and why that may not be. */
export interface ChosenRollback {
  readonly undone: readonly Undone[]
  readonly refusals: readonly Problem[]
}

/**
 * The applied migrations that a rollback is to undo. Repeatable ones have no place in the order, and stay.
 *
 * @param files in the order of application
 * @throws UserError where `to` or `only` name no version that is known
 */
export function chooseRollback(
  files: readonly MigrationFile[],
  records: readonly AppliedRecord[],
  asked: RollbackAsked,
): ChosenRollback {
  const applied = inOrder(files, records)
  const halfDone = unfinished(records)
  if (asked.only !== undefined) return { ...only(asked.only, applied, files, asked), ...onTop(halfDone) }
  const astray = applied.filter(({ file }) => file === undefined)
  if (astray.length > 0) return { undone: [], refusals: [...halfDone, noPlace(astray)] }
  const count = asked.to === undefined ? (asked.steps ?? 0) : after(asked.to, applied, files)
  if (typeof count !== 'number') return { undone: [], refusals: [...halfDone, count] }
  if (count > applied.length) return { undone: [], refusals: [...halfDone, tooMany(count, applied.length)] }
  const undone = applied.slice(applied.length - count).toReversed()
  return { undone: halfDone.length > 0 ? [] : undone, refusals: halfDone }
}

function onTop(halfDone: readonly Problem[]): Partial<ChosenRollback> {
  return halfDone.length > 0 ? { undone: [], refusals: halfDone } : {}
}

/** What is applied, or undone in part, in the order of its files; what has none comes first. */
function inOrder(files: readonly MigrationFile[], records: readonly AppliedRecord[]): Undone[] {
  const places = new Map(files.map((file, index) => [versionKey(file.version), { file, index }]))
  return records
    .filter((record) => !isRepeatable(record) && (record.status === 'completed' || isHalfUndone(record)))
    .map((record) => ({ record, at: places.get(versionKey(record.version)) }))
    .sort((a, b) => (a.at?.index ?? -1) - (b.at?.index ?? -1))
    .map(({ record, at }) => ({ record, ...(at ? { file: at.file } : {}) }))
}

function isHalfUndone({ status, journal }: AppliedRecord): boolean {
  return ['running', 'partial', 'unknown'].includes(status) && unwrapDown(journal) !== undefined
}

function unfinished(records: readonly AppliedRecord[]): Problem[] {
  return records
    .filter((record) => ['running', 'partial', 'unknown'].includes(record.status) && !isHalfUndone(record))
    .map(({ name, status, version }) => ({
      message: `${name} is recorded as ${status}: nothing below it is undone while it is not known what of it is there.`,
      help: `Let migrate finish it; or look in the database, and say with repair what it is: applied: ${version}, or clear: ${version}.`,
    }))
}

function only(
  version: string,
  applied: readonly Undone[],
  files: readonly MigrationFile[],
  { allowOutOfOrder }: RollbackAsked,
): ChosenRollback {
  const record = findByVersion(
    version,
    applied.map((one) => one.record),
  )
  const index = applied.findIndex((one) => one.record === record)
  const one = applied[index]
  if (one === undefined) {
    const { name } = fileOf(version, files, 'version')
    return { undone: [], refusals: [notApplied(name)] }
  }
  const later = applied.slice(index + 1)
  const dependents = later.filter(({ file }) =>
    file?.dependsOn.some((each) => versionKey(each) === versionKey(one.record.version)),
  )
  if (dependents.length > 0) return { undone: [], refusals: [needed(one, dependents)] }
  if (later.length > 0 && !allowOutOfOrder) return { undone: [], refusals: [notNewest(one, later)] }
  return { undone: [one], refusals: [] }
}

/** How many come after it. */
function after(to: string, applied: readonly Undone[], files: readonly MigrationFile[]): number | Problem {
  const record = findByVersion(
    to,
    applied.map((one) => one.record),
  )
  if (record && isHalfUndone(record)) return halfUndone(record)
  if (record) return applied.length - 1 - applied.findIndex((one) => one.record === record)
  if (versionKey(to) === '0') return applied.length
  return notApplied(fileOf(to, files, 'to').name)
}

function halfUndone({ name, version }: AppliedRecord): Problem {
  return {
    message: `${name} is undone in part, so it can not be gone back to.`,
    help: `Undo it to its end with version: ${version}, or go back to an earlier one.`,
  }
}

function notApplied(name: string): Problem {
  return {
    message: `${name} is not applied, so it can not be undone, nor gone back to.`,
    help: 'status shows what is applied.',
  }
}

function noPlace(astray: readonly Undone[]): Problem {
  const names = list(astray)
  return {
    message: `${names}: applied, and not in the folder, so what comes after can not be told.`,
    help: 'Put the files back, or undo single migrations with version.',
  }
}

function tooMany(steps: number, applied: number): Problem {
  return {
    message: `steps is ${steps}, and ${applied} ${applied === 1 ? 'migration is' : 'migrations are'} applied.`,
    help: 'Give at most that many; to: 0 undoes all.',
  }
}

function needed({ record }: Undone, dependents: readonly Undone[]): Problem {
  return {
    message: `${record.name} is needed by ${list(dependents)}, which is applied.`,
    help: 'Undo that first, or all with to.',
  }
}

function notNewest({ record }: Undone, later: readonly Undone[]): Problem {
  return {
    message: `${record.name} would be undone below what was applied after it: ${list(later)}.`,
    help: 'Undo those first (to undoes them all in order), or run with allow-out-of-order.',
  }
}

const MOST_NAMED = 5

function list(all: readonly Undone[]): string {
  const names = all.slice(0, MOST_NAMED).map(({ record }) => record.name)
  return all.length > MOST_NAMED
    ? `${names.join(', ')} and ${all.length - MOST_NAMED} more`
    : names.join(', ')
}
