import type { Config } from '../model/config.js'
import type { Finding } from '../model/finding.js'
import type { AppliedRecord, HistoryEvent } from '../model/history.js'
import type { MigrationFile } from '../model/migration.js'
import type { Outcome, Rehearsed } from '../model/outcome.js'
import type { Drift, Plan } from '../model/plan.js'
import type { Problem, Report } from '../model/report.js'
import type { Target } from '../model/target.js'
import { versionKey } from '../model/version.js'
import { decideVerdict } from './decide-verdict.js'

/** What a run has found and done so far. Whatever is absent was not reached. */
export interface Gathered {
  readonly config: Pick<Config, 'command' | 'dryRun' | 'notes'> & {
    readonly environment: { readonly name: string }
  }
  readonly startedAt: Date
  readonly directory: string
  /** In the order of application. */
  readonly files?: readonly MigrationFile[]
  readonly target?: Target
  readonly plan?: Plan
  /** The tracking table as read last. */
  readonly records?: readonly AppliedRecord[]
  readonly events?: readonly HistoryEvent[]
  readonly drift?: readonly Drift[]
  readonly findings?: readonly Finding[]
  readonly rehearsal?: readonly Rehearsed[]
  readonly outcomes?: readonly Outcome[]
  /** The set-up is wrong: exit code 2. */
  readonly problems?: readonly Problem[]
  /** Something that may not be done was asked for: exit code 1. */
  readonly refusals?: readonly Problem[]
  readonly cancelled?: boolean
  readonly notes?: readonly string[]
}

/** Everything a run has to tell, with its verdict. Complete whatever was reached. */
export function makeReport(gathered: Gathered, now: Date): Report {
  const { config, startedAt } = gathered
  const current = currentVersion(gathered)
  return {
    command: config.command,
    environment: config.environment.name,
    dryRun: config.dryRun || config.command === 'dry-run',
    ...decideVerdict(gathered),
    startedAt: startedAt.toISOString(),
    durationMs: now.getTime() - startedAt.getTime(),
    directory: gathered.directory,
    fileCount: gathered.files?.length ?? 0,
    ...(gathered.target ? { target: gathered.target } : {}),
    ...(gathered.plan ? { plan: gathered.plan } : {}),
    records: gathered.records ?? [],
    events: gathered.events ?? [],
    drift: gathered.drift ?? [],
    findings: gathered.findings ?? [],
    rehearsal: gathered.rehearsal ?? [],
    outcomes: gathered.outcomes ?? [],
    ...(current === undefined ? {} : { currentVersion: current }),
    problems: [...(gathered.problems ?? []), ...(gathered.refusals ?? [])],
    notes: [...config.notes, ...(gathered.notes ?? [])],
  }
}

function currentVersion({ records = [], files = [] }: Gathered): string | undefined {
  const completed = new Set(
    records.filter((record) => record.status === 'completed').map((record) => versionKey(record.version)),
  )
  return files.findLast((file) => completed.has(versionKey(file.version)))?.version
}
