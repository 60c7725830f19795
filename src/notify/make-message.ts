import type { NotificationEvent } from '../model/notification.js'
import type { Report } from '../model/report.js'

/** What is told of a run, by itself JSON. Its texts are redacted, on one line, and bounded. */
export interface Message {
  /** The form of this message. */
  readonly version: 1
  /** The most pressing of `events`. */
  readonly event: NotificationEvent
  readonly events: readonly NotificationEvent[]
  /** The verdict as a sentence. */
  readonly title: string
  readonly project: string | null
  readonly environment: string
  readonly command: string
  readonly dryRun: boolean
  readonly status: string
  readonly exitCode: number
  readonly ready: boolean
  readonly actor: string | null
  readonly approver: string | null
  readonly database: { readonly host: string; readonly port: number; readonly name: string } | null
  readonly planHash: string | null
  readonly pending: Some<{ readonly version: string; readonly name: string }>
  readonly applied: Some<{ readonly version: string; readonly name: string }>
  readonly failure: { readonly name: string; readonly code: string; readonly message: string } | null
  /** What is wrong, by itself: findings of severity error, and what was refused. */
  readonly problems: Some<string>
  readonly driftCount: number
  readonly runUrl: string | null
  readonly commitSha: string | null
  readonly startedAt: string
  readonly durationMs: number
  readonly toolVersion: string
}

/** The first of them, and how many there are. */
export interface Some<Item> {
  readonly count: number
  readonly first: readonly Item[]
}

export interface About {
  readonly events: readonly NotificationEvent[]
  readonly title: string
  readonly project?: string
  readonly run: { readonly runUrl?: string; readonly commitSha?: string; readonly toolVersion: string }
  /** Makes foreign text fit to be shown: redacted, on one line. */
  readonly clean: (text: string) => string
}

const MOST = 50
const LONGEST = 500

/** @param about `events` is not empty */
export function makeMessage(report: Report, about: About): Message {
  const { target, plan, outcomes } = report
  const clean = (text: string) => cut(about.clean(text))
  const named = ({ version, name }: { version: string; name: string }) => ({
    version: clean(version),
    name: clean(name),
  })
  const done = new Set(outcomes.filter(({ state }) => state === 'applied').map(({ version }) => version))
  const pending = [...(plan?.migrations ?? []), ...(plan?.deferred ?? [])].map(({ file }) => file)
  const failed = [...outcomes, ...report.rehearsal].find(({ failure }) => failure !== undefined)
  return {
    version: 1,
    event: about.events[0] ?? 'failed',
    events: about.events,
    title: clean(about.title),
    project: about.project === undefined ? null : clean(about.project),
    environment: clean(report.environment),
    command: report.command,
    dryRun: report.dryRun,
    status: report.status,
    exitCode: report.exitCode,
    ready: report.ready,
    actor: report.actor === undefined ? null : clean(report.actor),
    approver: report.approval === undefined ? null : clean(report.approval.by),
    database: target ? { host: clean(target.host), port: target.port, name: clean(target.database) } : null,
    planHash: plan?.hash ?? null,
    pending: some(pending.filter(({ version }) => !done.has(version)).map(named)),
    applied: some(outcomes.filter(({ state }) => state === 'applied').map(named)),
    failure: failed?.failure
      ? { name: clean(failed.name), code: failed.failure.code, message: clean(failed.failure.message) }
      : null,
    problems: some(problemsOf(report).map(clean)),
    driftCount: report.drift.length,
    runUrl: about.run.runUrl ?? null,
    commitSha: about.run.commitSha ?? null,
    startedAt: report.startedAt,
    durationMs: report.durationMs,
    toolVersion: about.run.toolVersion,
  }
}

function problemsOf({ problems, findings, drift, operation }: Report): string[] {
  const steps = operation?.steps ?? []
  return [
    ...problems.map(({ message }) => message),
    ...drift.map(({ kind, recordedName }) => `${recordedName} was ${kind} after it was applied.`),
    ...findings
      .filter(({ severity, rule }) => severity === 'error' || rule === 'schema-drift')
      .map(({ file, message }) => (file === undefined ? message : `${file}: ${message}`)),
    ...steps.flatMap(({ what, failure }) => (failure === undefined ? [] : [`${what}: ${failure.message}`])),
  ]
}

function some<Item>(items: readonly Item[]): Some<Item> {
  return { count: items.length, first: items.slice(0, MOST) }
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/, '')}…` : text
}
