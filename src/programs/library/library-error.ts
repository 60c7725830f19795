import type { Report } from '../../model/report.js'

/** What was asked for could not be done. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'

  constructor(
    message: string,
    /** Everything there is to tell. */
    readonly report: Report,
  ) {
    super(message)
  }
}

/** @throws MigrationError where the set-up is wrong, or a gate or a finding stood against it */
export function throwUnlessDone(report: Report): void {
  if (report.exitCode === 0) return
  const reasons = [
    ...report.problems.map(({ message, help }) => `${message} ${help}`),
    ...report.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    ...report.drift.map(({ recordedName, kind }) => `${recordedName} was ${kind} after it was applied.`),
    ...report.rehearsal.flatMap(({ name, failure }) => (failure ? [`${name}: ${failure.message}`] : [])),
  ]
  throw new MigrationError(reasons.join('\n') || `The run ended as ${report.status}.`, report)
}
