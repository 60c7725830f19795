import { docsPage } from '../model/docs-page.js'
import { isRepeatable } from '../model/is-repeatable.js'
import type { Operation } from '../model/operation.js'
import type { Problem } from '../model/problem.js'
import type { Report } from '../model/report.js'
import { versionKey } from '../model/version.js'
import { decideVerdict, type Verdict } from './decide-verdict.js'
import type { Gathered } from './gathered.js'
import { redactReport } from './redact-report.js'

/** Everything a run has to tell, with its verdict. Complete whatever was reached. */
export function makeReport(gathered: Gathered, now: Date): Report {
  const { config, startedAt } = gathered
  const current = currentVersion(gathered)
  const verdict = decideVerdict(gathered)
  const report: Report = {
    command: config.command,
    environment: config.environment.name,
    ...(config.run === undefined ? {} : { actor: config.run.actor }),
    dryRun: config.dryRun || config.command === 'dry-run',
    ...verdict,
    startedAt: startedAt.toISOString(),
    durationMs: now.getTime() - startedAt.getTime(),
    directory: gathered.directory,
    fileCount: gathered.files?.length ?? 0,
    ...(gathered.target ? { target: gathered.target } : {}),
    ...(gathered.plan ? { plan: gathered.plan } : {}),
    ...(gathered.planDocument ? { planDocument: gathered.planDocument } : {}),
    ...(gathered.permission ? { approval: gathered.permission.approval } : {}),
    ...(gathered.backup ? { backup: gathered.backup } : {}),
    ...(gathered.isMarked ? { isMarked: true as const } : {}),
    records: gathered.records ?? [],
    events: gathered.events ?? [],
    ...(gathered.sides ? { sides: gathered.sides } : {}),
    drift: gathered.drift ?? [],
    findings: gathered.findings ?? [],
    suppressed: gathered.suppressed ?? [],
    rules: rulesThatFound(gathered),
    ...(gathered.graph ? { graph: gathered.graph } : {}),
    ...(config.transaction === undefined ? {} : { transaction: config.transaction }),
    rehearsal: gathered.rehearsal ?? [],
    ...(gathered.rehearsedOn ? { rehearsedOn: gathered.rehearsedOn } : {}),
    ...(gathered.notRehearsed ? { notRehearsed: gathered.notRehearsed } : {}),
    sizes: gathered.sizes ?? [],
    outcomes: gathered.outcomes ?? [],
    ...(gathered.operation ? { operation: asDecided(gathered.operation, verdict) } : {}),
    // A run that did all of its work before it could be ended was not.
    ...(gathered.endedBy !== undefined && verdict.exitCode > 128 ? { endedBy: gathered.endedBy } : {}),
    ...(current === undefined ? {} : { currentVersion: current }),
    problems: [...(gathered.problems ?? []), ...(gathered.refusals ?? []), ...ownBug(gathered)],
    notes: [...config.notes, ...(gathered.notes ?? [])],
  }
  return redactReport(report, config.redact)
}

/** What is refused would not be done. */
function asDecided(operation: Operation, { status }: Verdict): Operation {
  if (status !== 'refused') return operation
  const steps = operation.steps.map((step) =>
    step.state === 'planned' ? ({ ...step, state: 'not-run' } as const) : step,
  )
  return { ...operation, steps }
}

function rulesThatFound({ rules = [], findings = [], suppressed = [] }: Gathered): Report['rules'] {
  const found = new Set([...findings, ...suppressed].map(({ rule }) => rule))
  return rules
    .filter(({ id }) => found.has(id))
    .map(({ id, group, title, why, instead, levels }) => ({ id, group, title, why, instead, levels }))
}

function ownBug({ bug }: Gathered): Problem[] {
  return bug === undefined
    ? []
    : [
        {
          message: `An error of devflow-migrate itself, not of your migrations: ${bug}`,
          help: `Please report it, with this text. How to see what was applied: ${docsPage('incident')}.`,
        },
      ]
}

function currentVersion({ records = [], files = [] }: Gathered): string | undefined {
  const completed = new Set(
    records.filter((record) => record.status === 'completed').map((record) => versionKey(record.version)),
  )
  return files.findLast((file) => !isRepeatable(file) && completed.has(versionKey(file.version)))?.version
}
