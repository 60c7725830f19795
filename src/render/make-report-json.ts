import type { Report } from '../model/report.js'
import type { Target } from '../model/target.js'
import { failureJson } from './failure-json.js'
import { findingJson } from './finding-json.js'
import { operationJson } from './operation-json.js'
import { rehearsalJson } from './rehearsal-json.js'
import type { ReportJson } from './report-schema.js'
import { makeTally } from './tally.js'

/** The report as the documented JSON shape: every field there, null where there is nothing to tell. */
export function makeReportJson(report: Report): ReportJson {
  const { command, environment, dryRun, status, exitCode, ready, startedAt, durationMs, directory } = report
  return {
    schemaVersion: 1,
    command,
    environment,
    actor: report.actor ?? null,
    dryRun,
    status,
    exitCode,
    endedBy: report.endedBy ?? null,
    ready,
    startedAt,
    durationMs,
    directory,
    ...ofTarget(report.target),
    planHash: report.plan?.hash ?? null,
    approval: ofApproval(report.approval),
    backup: report.backup ? { ...report.backup } : null,
    currentVersion: report.currentVersion ?? null,
    failedVersion: makeTally(report).failedVersion ?? null,
    counts: counts(report),
    ...ofMigrations(report),
    operation: operationJson(report.operation),
    ...rehearsalJson(report),
    sides: report.sides?.map((side) => ({ ...side })) ?? null,
    drift: report.drift.map(
      ({ kind, version, recordedName, name, path, storedChecksum, presentChecksum }) => ({
        kind,
        version,
        recordedName,
        name: name ?? null,
        path: path ?? null,
        storedChecksum,
        presentChecksum: presentChecksum ?? null,
      }),
    ),
    findings: report.findings.map(findingJson),
    suppressed: report.suppressed.map((finding) => ({ ...findingJson(finding), reason: finding.reason })),
    graph: report.graph
      ? { names: [...report.graph.names], edges: report.graph.edges.map((edge) => ({ ...edge })) }
      : null,
    events: report.events.map((event) => ({ ...event })),
    problems: report.problems.map(({ message, help, lines = null }) => ({ message, help, lines })),
    notes: [...report.notes],
  }
}

function ofApproval(approval: Report['approval']): ReportJson['approval'] {
  if (approval === undefined) return null
  const { kind, by, as, at = null, comment = null, url = null } = approval
  return { kind, by, as, at, comment, url }
}

function ofTarget(target: Target | undefined): Pick<ReportJson, 'target' | 'tracking'> {
  if (target === undefined) return { target: null, tracking: null }
  const { host, port, database, user, tls, serverMajor, serverVersion } = target
  const { schema, table, version } = target.tracking
  return {
    target: { host, port, database, user, tls, serverMajor, serverVersion },
    tracking: { schema, table, version: version === 'absent' ? null : version },
  }
}

function counts(report: Report): ReportJson['counts'] {
  const { pending, applied, appliedNow, notRun } = makeTally(report)
  const ofSeverity = (severity: string) => report.findings.filter((f) => f.severity === severity).length
  return {
    files: report.fileCount,
    pending: pending.length,
    applied: appliedNow,
    completed: applied.length,
    notRun,
    drift: report.drift.length,
    findings: report.findings.length,
    errors: ofSeverity('error'),
    warnings: ofSeverity('warning'),
    notices: ofSeverity('notice'),
    suppressed: report.suppressed.length,
    forced: report.findings.filter(({ force }) => force === 'used').length,
  }
}

type Migrations = Pick<ReportJson, 'pending' | 'applied' | 'records' | 'outcomes'>

function ofMigrations(report: Report): Migrations {
  const leftOut = new Set(report.plan?.deferred)
  return {
    pending: makeTally(report).pending.map((migration) => ({
      version: migration.file.version,
      name: migration.file.name,
      path: migration.file.path,
      checksum: migration.file.checksum,
      outOfOrder: migration.outOfOrder,
      inThisRun: !leftOut.has(migration),
    })),
    applied: report.outcomes
      .filter((outcome) => outcome.state === 'applied')
      .map(({ version, name, durationMs }) => ({ version, name, durationMs })),
    records: report.records.map(
      ({ version, name, checksum, status, appliedAt, executionTimeMs, appliedBy, errorMessage }) => {
        return { version, name, checksum, status, appliedAt, executionTimeMs, appliedBy, errorMessage }
      },
    ),
    outcomes: report.outcomes.map(
      ({ version, name, path, state, mode, atomicity, durationMs, attempts, blockers = [], failure }) => ({
        version,
        name,
        path,
        state,
        mode,
        atomicity: atomicity ?? null,
        durationMs,
        attempts,
        blockers: blockers.map((one) => ({ ...one })),
        failure: failureJson(failure),
      }),
    ),
  }
}
