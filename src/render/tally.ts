import type { StepState } from '../model/operation.js'
import type { PlannedMigration } from '../model/plan.js'
import type { Report } from '../model/report.js'
import { versionKey } from '../model/version.js'

/** One migration that the target's history holds as completed. */
export interface AppliedEntry {
  readonly version: string
  readonly name: string
  readonly checksum: string | null
  readonly appliedAt: string | null
  readonly executionTimeMs: number | null
  readonly appliedBy: string | null
  /** Applied by the run that the report is about. */
  readonly thisRun: boolean
}

/** What is pending and applied once the run is over, so that every outlet tells the same numbers. */
export interface Tally {
  /** Not applied yet, in plan order, those that this run left out included. */
  readonly pending: readonly PlannedMigration[]
  readonly applied: readonly AppliedEntry[]
  readonly appliedNow: number
  /** Not reached because the run stopped before. */
  readonly notRun: number
  readonly failedVersion: string | undefined
}

/** True on every path: a file applied a moment ago counts, even where the tracking table was read before. */
export function makeTally(report: Report): Tally {
  const now = new Set(report.outcomes.filter((o) => o.state === 'applied').map((o) => versionKey(o.version)))
  const planned = [...(report.plan?.migrations ?? []), ...(report.plan?.deferred ?? [])]
  const applied = appliedEntries(report, now)
  return {
    pending: planned.filter((migration) => !now.has(versionKey(migration.file.version))),
    applied,
    appliedNow: now.size,
    notRun: report.outcomes.filter(({ state }) => state === 'not-run').length,
    failedVersion: failedVersion(report),
  }
}

function appliedEntries(report: Report, now: ReadonlySet<string>): AppliedEntry[] {
  const recorded = report.records
    .filter((record) => record.status === 'completed')
    .map(({ version, name, checksum, appliedAt, executionTimeMs, appliedBy }) => {
      const thisRun = now.has(versionKey(version))
      return { version, name, checksum, appliedAt, executionTimeMs, appliedBy, thisRun }
    })
  const known = new Set(recorded.map((entry) => versionKey(entry.version)))
  const checksums = new Map(report.plan?.migrations.map(({ file }) => [file.version, file.checksum]))
  const unread = report.outcomes
    .filter((outcome) => outcome.state === 'applied' && !known.has(versionKey(outcome.version)))
    .map((outcome) => ({
      version: outcome.version,
      name: outcome.name,
      checksum: checksums.get(outcome.version) ?? null,
      appliedAt: null,
      executionTimeMs: Math.round(outcome.durationMs),
      appliedBy: null,
      thisRun: true,
    }))
  return [...recorded, ...unread]
}

function failedVersion(report: Report): string | undefined {
  const outcome = report.outcomes.find((o) => o.state !== 'applied' && o.state !== 'not-run')
  const step = report.operation?.steps.find(
    ({ version, state }) => version !== undefined && FAILED.has(state),
  )
  return (
    outcome?.version ??
    step?.version ??
    report.rehearsal.find((rehearsed) => rehearsed.state === 'failed')?.version
  )
}

const FAILED: ReadonlySet<StepState> = new Set(['failed', 'partial', 'unknown'])
