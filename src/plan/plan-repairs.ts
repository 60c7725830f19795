import type { AppliedRecord } from '../model/history.js'
import type { RepairAsked, RepairKind } from '../model/history-asked.js'
import type { MigrationFile } from '../model/migration.js'
import type { OperationStep } from '../model/operation.js'
import type { Problem } from '../model/problem.js'
import type { NewRecord, RecordChange } from '../model/record-change.js'
import { versionKey } from '../model/version.js'
import { findByVersion } from './find-by-version.js'
import { isAnother, refuseAnother } from './is-another.js'
import { leftOf } from './left-of.js'
import { matchChecksum } from './match-checksum.js'
import { shortChecksum } from './short-checksum.js'

/** One record that is corrected: what is written, and how it is told. */
export interface RecordStep {
  readonly change: RecordChange
  readonly step: OperationStep
}

/** What `repair` would do, why it may not, and what needs nothing done. */
export interface PlannedRepairs {
  readonly steps: readonly RecordStep[]
  readonly refusals: readonly Problem[]
  /** See `Report.notes`. */
  readonly notes: readonly string[]
}

/**
 * The records that are to be corrected, each checked against what is recorded and what is in the folder.
 *
 * @param reason recorded with each
 * @param missing versions that are applied here, and that another tool's table which is kept in step does not have
 */
export function planRepairs(
  asked: readonly RepairAsked[],
  files: readonly MigrationFile[],
  records: readonly AppliedRecord[],
  reason: string,
  missing: readonly string[] = [],
): PlannedRepairs {
  const wanted = asked.flatMap(({ kind, versions }) =>
    versions.map((version) => ({ kind, version, found: find(version, files, records, missing) })),
  )
  const judged = wanted.map(
    ({ kind, found }): Judged => ('message' in found ? { refusal: found } : KINDS[kind](found, reason)),
  )
  return {
    steps: judged.flatMap((one) => ('change' in one ? [one] : [])),
    refusals: [...askedTwice(wanted), ...judged.flatMap((one) => ('refusal' in one ? [one.refusal] : []))],
    notes: judged.flatMap((one) => ('note' in one ? [one.note] : [])),
  }
}

type Judged = RecordStep | { readonly refusal: Problem } | { readonly note: string }

/** What is known of one version. At least one of the two is there. */
interface Found {
  readonly version: string
  readonly file?: MigrationFile
  readonly record?: AppliedRecord
  /** Another tool's table, which is kept in step, does not have it. */
  readonly isMissing: boolean
}

function find(
  version: string,
  files: readonly MigrationFile[],
  records: readonly AppliedRecord[],
  missing: readonly string[],
): Found | Problem {
  const named = findByVersion(version, files) ?? findByVersion(version, records)
  const file = named && findByVersion(named.version, files)
  const record = named && findByVersion(named.version, records)
  if (file || record)
    return {
      version: record?.version ?? file?.version ?? version,
      isMissing: record !== undefined && missing.includes(record.version),
      ...(file ? { file } : {}),
      ...(record ? { record } : {}),
    }
  return {
    message: `Version ${version} is neither in the folder nor recorded.`,
    help: 'Give the version as the file name has it; status shows them.',
  }
}

function askedTwice(
  wanted: readonly {
    readonly kind: RepairKind
    readonly version: string
    readonly found: Found | Problem
  }[],
): Problem[] {
  const seen = new Map<string, RepairKind>()
  return wanted.flatMap(({ kind, version, found }) => {
    const key = versionKey('message' in found ? version : found.version)
    const before = seen.get(key)
    seen.set(key, kind)
    if (before === undefined) return []
    const message = `Version ${version} is named twice: by ${before} and by ${kind}.`
    return [{ message, help: 'Say one thing of a version in a run.' }]
  })
}

const KINDS: Readonly<Record<RepairKind, (found: Found, reason: string) => Judged>> = {
  applied: asApplied,
  reverted: asReverted,
  'accept-checksum': acceptChecksum,
  clear,
}

function asApplied(found: Found, reason: string): Judged {
  const { version, file, record } = found
  if (!file)
    return refuse(
      `${nameOf(found)} has no file in the folder, so there is nothing to be recorded as applied.`,
      'Put the file back, or clear its record.',
    )
  if (record?.status === 'completed' && isAnother(record, file))
    return { refusal: refuseAnother(record, file) }
  if (record?.status === 'completed')
    return matchChecksum(record.checksum, file)
      ? found.isMissing
        ? recordThere(found, record, reason)
        : { note: `${file.name} is recorded as applied already: nothing is to be done.` }
      : refuse(
          `${file.name} is recorded as applied, with another text: ${shortChecksum(record.checksum)}.`,
          `To take the file as it is now, give accept-checksum: ${version}.`,
        )
  const becomes = { name: file.name, checksum: file.checksum, status: 'completed' as const }
  const details = ['The file is not run: what it does has to be in the database already.', ...leftOf(record)]
  return makeStep(found, becomes, reason, `mark ${file.name} as applied`, details)
}

/** Our row stays as it is; the other table gets one in the same transaction. */
function recordThere(found: Found, { name, checksum }: AppliedRecord, reason: string): RecordStep {
  const becomes: NewRecord = { name, checksum, status: 'completed', keepsRun: true }
  return makeStep(found, becomes, reason, `record ${name} as applied for the Supabase CLI too`, [
    'It is not run: what it does has to be in the database already.',
  ])
}

function asReverted(found: Found, reason: string): Judged {
  const { record } = found
  const status = record?.status
  if (!record || status === 'rolled_back' || status === 'failed' || status === 'pending')
    return { note: `${nameOf(found)} is not recorded as applied: nothing is to be done.` }
  const becomes: NewRecord = {
    name: record.name,
    checksum: record.checksum,
    status: 'rolled_back',
    keepsRun: true,
  }
  const next = found.file
    ? 'It is pending again: the next migrate runs it.'
    : 'Its file is not in the folder.'
  const details = ['Nothing is undone: what it did has to be out of the database already.', next]
  return makeStep(found, becomes, reason, `mark ${nameOf(found)} as reverted`, [
    ...details,
    ...leftOf(record),
  ])
}

function acceptChecksum(found: Found, reason: string): Judged {
  const { version, file, record } = found
  if (record?.status !== 'completed')
    return refuse(
      `${nameOf(found)} is not recorded as applied, so no checksum of it counts.`,
      `A file that is not applied may be edited freely. To record it as applied, give applied: ${version}.`,
    )
  if (!file)
    return refuse(
      `${record.name} is recorded as applied, and its file is not in the folder.`,
      'Put the file back, or mark it as reverted.',
    )
  if (isAnother(record, file)) return { refusal: refuseAnother(record, file) }
  if (record.checksum === file.checksum && record.name === file.name)
    return { note: `${file.name} is recorded as it is: nothing is to be done.` }
  const becomes = { name: file.name, checksum: file.checksum, status: 'completed', keepsRun: true } as const
  const renamed = record.name === file.name ? [] : [`It is recorded as ${record.name}.`]
  return makeStep(found, becomes, reason, `accept ${file.name} as it is now`, [
    `Its checksum becomes ${shortChecksum(file.checksum)}; recorded is ${shortChecksum(record.checksum)}.`,
    'The database stays as the former text made it: other databases get the new one.',
    ...renamed,
  ])
}

function clear(found: Found, reason: string): Judged {
  const { version, record } = found
  if (!record || record.status === 'rolled_back')
    return { note: `${nameOf(found)} has no failed or unfinished record: nothing is to be done.` }
  if (record.status === 'completed')
    return refuse(
      `${record.name} is recorded as applied, and a record of what is applied is not cleared.`,
      `Where it was undone by hand, give reverted: ${version}.`,
    )
  return makeStep(found, 'gone', reason, `clear the record of ${record.name}, which is ${record.status}`, [
    'The history keeps that it was tried.',
    ...leftOf(record),
    ...(found.file ? ['The next migrate runs it from its beginning.'] : []),
  ])
}

function makeStep(
  found: Found,
  becomes: RecordChange['becomes'],
  reason: string,
  what: string,
  details: readonly string[],
): RecordStep {
  const { version, record } = found
  const name = becomes === 'gone' ? (record?.name ?? version) : becomes.name
  const applied = becomes !== 'gone' && becomes.status === 'completed' ? { checksum: becomes.checksum } : {}
  const before = record ? `${record.status} ${record.checksum}` : 'no record'
  const after = becomes === 'gone' ? 'no record' : `${becomes.status} ${becomes.checksum}`
  return {
    change: {
      version,
      expected: record ? { status: record.status, checksum: record.checksum } : 'absent',
      becomes,
      told: {
        event: 'repaired',
        action: 'repair',
        status: 'success',
        name,
        ...applied,
        detail: `${reason} (before: ${before}; after: ${after})`,
      },
    },
    step: { what, version, name, state: 'planned', details },
  }
}

function nameOf({ file, record, version }: Found): string {
  return record?.name ?? file?.name ?? version
}

function refuse(message: string, help: string): Judged {
  return { refusal: { message, help } }
}
