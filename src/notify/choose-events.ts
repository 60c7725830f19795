import { NOTIFICATION_EVENTS, type NotificationEvent, SILENT_COMMANDS } from '../model/notification.js'
import type { Report } from '../model/report.js'

/** What a run was besides what its report says. */
export interface Circumstances {
  /** The environment asks for an approval, or is of class production. */
  readonly isProtected: boolean
  /** It is a step of a job, whose outputs a later job gets. */
  readonly isInJob: boolean
}

/** What there is to tell of a run, the most pressing first; nothing where it did nothing that anybody waits for. */
export function chooseEvents(report: Report, circumstances: Circumstances): readonly NotificationEvent[] {
  if (SILENT_COMMANDS.includes(report.command)) return []
  return NOTIFICATION_EVENTS.filter((event) => HOLDS[event](report, circumstances))
}

const HOLDS: Readonly<Record<NotificationEvent, (report: Report, circumstances: Circumstances) => boolean>> =
  {
    failed: ({ exitCode }) => exitCode !== 0,
    drift: ({ drift, findings }) => drift.length > 0 || findings.some(({ rule }) => rule === 'schema-drift'),
    'waiting-for-approval': (report, { isProtected, isInJob }) =>
      isPlan(report) && isProtected && isInJob && report.plan?.hash !== undefined,
    applied: ({ exitCode, status, outcomes }) =>
      exitCode === 0 && (status === 'applied' || outcomes.some(({ state }) => state === 'applied')),
    planned: isPlan,
  }

function isPlan({ command, dryRun, exitCode, plan }: Report): boolean {
  return exitCode === 0 && (command === 'plan' || dryRun) && (plan?.migrations.length ?? 0) > 0
}
