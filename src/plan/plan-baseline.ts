import type { AppliedRecord } from '../model/history.js'
import { isRepeatable } from '../model/is-repeatable.js'
import type { MigrationFile } from '../model/migration.js'
import type { Problem } from '../model/problem.js'
import { versionKey } from '../model/version.js'
import { fileOf } from './file-of.js'
import { matchChecksum } from './match-checksum.js'
import type { RecordStep } from './plan-repairs.js'

/** What `baseline` would record, and why it may not. */
export interface PlannedBaseline {
  /** All the files that count as applied then, in order: those that are recorded already too. */
  readonly files: readonly MigrationFile[]
  readonly steps: readonly RecordStep[]
  readonly refusals: readonly Problem[]
}

/**
 * The files that are to be recorded without being run. What is recorded already has to be their beginning, as it is in
 * the folder: a baseline says what was there first, and not what came between.
 *
 * @param versioned in the order of application
 * @param to the last that is recorded; all where it is not given
 * @throws UserError where `to` names no file
 */
export function planBaseline(
  versioned: readonly MigrationFile[],
  records: readonly AppliedRecord[],
  to: string | undefined,
  reason: string | undefined,
): PlannedBaseline {
  const end = to === undefined ? versioned.length : versioned.indexOf(fileOf(to, versioned, 'to')) + 1
  const files = versioned.slice(0, end)
  const completed = records.filter((record) => record.status === 'completed' && !isRepeatable(record))
  const refusals = [...notTheBeginning(files, completed), ...inTheWay(files, records)]
  const there = new Set(completed.map(({ version }) => versionKey(version)))
  const left = files.filter(({ version }) => !there.has(versionKey(version)))
  return { files, refusals, steps: left.map((file) => makeStep(file, records, reason)) }
}

function notTheBeginning(files: readonly MigrationFile[], completed: readonly AppliedRecord[]): Problem[] {
  const byVersion = new Map(completed.map((record) => [versionKey(record.version), record]))
  const first = files.slice(0, completed.length)
  const expected = new Set(first.map(({ version }) => versionKey(version)))
  const others = completed.filter(({ version }) => !expected.has(versionKey(version)))
  const edited = first.filter((file) => {
    const record = byVersion.get(versionKey(file.version))
    return record !== undefined && !matchChecksum(record.checksum, file)
  })
  return [
    ...(others.length === 0
      ? []
      : [
          {
            message: `The history holds ${list(others.map(({ name }) => name))} as applied, and not everything that comes before: a baseline would fill what is missing in between.`,
            help: 'Take a later version for the baseline, migrate what is missing, or record single files with repair: applied.',
          },
        ]),
    ...(edited.length === 0
      ? []
      : [
          {
            message: `${list(edited.map(({ name }) => name))}: recorded as applied with another text.`,
            help: 'Put the text back, or take it as it is with repair: accept-checksum.',
          },
        ]),
  ]
}

/** What was tried and did not come to its end is for somebody to look at. */
function inTheWay(files: readonly MigrationFile[], records: readonly AppliedRecord[]): Problem[] {
  const chosen = new Set(files.map(({ version }) => versionKey(version)))
  const tried = records.filter(
    ({ version, status }) =>
      status !== 'completed' && status !== 'pending' && chosen.has(versionKey(version)),
  )
  return tried.map(({ version, name, status }) => ({
    message: `${name} is recorded as ${status}, and a baseline says that it is there.`,
    // What was rolled back has nothing to be cleared: it is pending.
    help: `Look in the database. If it is there, repair with applied: ${version}; if not, ${status === 'rolled_back' ? '' : `clear its record with clear: ${version}, and `}take an earlier version for the baseline.`,
  }))
}

function makeStep(
  { version, name, checksum }: MigrationFile,
  records: readonly AppliedRecord[],
  reason: string | undefined,
): RecordStep {
  const record = records.find((each) => versionKey(each.version) === versionKey(version))
  return {
    change: {
      version: record?.version ?? version,
      expected: record ? { status: record.status, checksum: record.checksum } : 'absent',
      becomes: { name, checksum, status: 'completed' },
      told: {
        event: 'baselined',
        action: 'baseline',
        status: 'success',
        name,
        checksum,
        ...(reason === undefined ? {} : { detail: reason }),
      },
    },
    step: { what: `record ${name} as applied, without running it`, version, name, state: 'planned' },
  }
}

const MOST_NAMED = 5

function list(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).join(', ')
  return names.length > MOST_NAMED ? `${shown} and ${names.length - MOST_NAMED} more` : shown
}
