import type { AppliedRecord } from '../model/history.js'
import type { AppliedEntry, PlanDifference, PlanDocument } from '../model/plan-document.js'
import { versionKey } from '../model/version.js'
import { shortChecksum } from './short-checksum.js'

/** What others did to the history since: applied, taken back, recorded differently. */
export function compareApplied(
  expected: PlanDocument,
  present: PlanDocument,
  records: readonly AppliedRecord[],
): PlanDifference[] {
  const before = byVersion(expected.applied)
  const now = byVersion(present.applied)
  const rows = new Map(records.map((record) => [record.version, record]))
  const planned = new Set(expected.plan.migrations.map(({ version }) => versionKey(version)))
  return [
    ...present.applied
      .filter(({ version }) => !before.has(version))
      .map((entry) => appliedSince(entry, planned.has(versionKey(entry.version)), rows.get(entry.version))),
    ...expected.applied.filter(({ version }) => !now.has(version)).map(noLongerApplied),
    ...expected.applied.flatMap((entry) => editedHistory(entry, now.get(entry.version))),
  ]
}

function byVersion(entries: readonly AppliedEntry[]): Map<string, AppliedEntry> {
  return new Map(entries.map((entry) => [entry.version, entry]))
}

function appliedSince(
  { version, name, checksum }: AppliedEntry,
  isPlanned: boolean,
  row: AppliedRecord | undefined,
): PlanDifference {
  const part = isPlanned ? ', a part of the plan,' : ''
  return {
    field: 'applied',
    kind: 'applied-since',
    message: `${name}${part} was applied after the plan was made${row ? tellRow(row) : ''}.`,
    version,
    present: checksum,
  }
}

function tellRow({ appliedBy, appliedAt, runUrl }: AppliedRecord): string {
  return `${appliedBy ? `, by ${appliedBy}` : ''}${appliedAt ? `, at ${appliedAt}` : ''}${runUrl ? `, in ${runUrl}` : ''}`
}

function noLongerApplied({ version, name, checksum }: AppliedEntry): PlanDifference {
  return {
    field: 'applied',
    kind: 'no-longer-applied',
    message: `${name} was applied when the plan was made, and is not any more: it was rolled back, its row was changed, or this is an older copy of the database.`,
    version,
    expected: checksum,
  }
}

function editedHistory(
  { version, name, checksum }: AppliedEntry,
  now: AppliedEntry | undefined,
): PlanDifference[] {
  if (now === undefined || now.checksum === checksum) return []
  return [
    {
      field: 'applied',
      kind: 'edited-history',
      message: `The row of ${name} has another checksum: ${shortChecksum(checksum)} when the plan was made, ${shortChecksum(now.checksum)} now.`,
      version,
      expected: checksum,
      present: now.checksum,
    },
  ]
}
