import type { Config } from '../model/config.js'
import type { Finding } from '../model/finding.js'
import type { AppliedRecord } from '../model/history.js'
import type { Plan, RunnableMigration } from '../model/plan.js'
import { UserError } from '../model/user-error.js'
import { fillValues } from '../plan/fill-values.js'
import { findDrift } from '../plan/find-drift.js'
import { findSchemaDrift } from '../plan/find-schema-drift.js'
import { findUnfinished } from '../plan/find-unfinished.js'
import { makePlan } from '../plan/make-plan.js'
import { refuseTogether } from '../plan/refuse-together.js'
import { choosePlace } from '../rehearsal/choose-place.js'
import { isMeasurable } from '../rehearsal/verdicts/is-measurable.js'
import type { Gathering } from '../report/gathered.js'
import { RULES } from '../rules/all-rules.js'
import { hideFileSecrets } from './hide-file-secrets.js'
import { judgeFiles } from './judge-files.js'
import { settlePlan } from './settle-plan.js'
import type { System } from './system.js'
import type { Way } from './way.js'

/** What is ready to be rehearsed. */
export interface Planned {
  readonly migrations: readonly RunnableMigration[]
  /** See `JudgedFiles.unsaid`. */
  readonly unsaid: readonly Finding[]
}

/**
 * Compares what is recorded with the files, and judges those that are pending.
 *
 * @returns undefined when nothing is pending, or something stands against it that no rehearsal can judge
 */
export async function planPending(run: Way): Promise<Planned | undefined> {
  const { config, system, gathered, known } = run
  system.observe({ kind: 'stage', stage: 'plan' })
  const { files = [], findings = [] } = gathered
  gathered.drift = findDrift(known.records, files)
  const { plan, findings: planFindings, refusals } = makePlan(files, known.records, config)
  const schema = findSchemaDrift(known.schemaComparison, config)
  gathered.plan = plan
  gathered.findings = [...findings, ...planFindings, ...schema.findings]
  gathered.refusals = refusals
  note(gathered, schema.notes)
  const pending = READS_SQL.includes(config.command)
    ? await hideFileSecrets(
        plan.migrations.map(({ file }) => file),
        config,
      )
    : []
  if (config.command !== 'migrate') note(gathered, failedBefore(known.records).map(config.redact))
  if (pending.length > 0) return judgePending(run, pending)
  if (isPlanOfNothing(config)) await settlePlan(run, [], NOTHING)
  system.observe({ kind: 'planned', plan: gathered.plan })
  return undefined
}

/** It can be approved like any other, and what comes later is no part of it. An approved plan is used once, also where nothing is left of it. */
function isPlanOfNothing({ command, dryRun, gate }: Config): boolean {
  const isExpected = (gate.expectedPlanHash ?? gate.expectedPlan) !== undefined
  return command === 'plan' || command === 'dry-run' || (command === 'migrate' && (dryRun || isExpected))
}

const NOTHING = { migrations: [], findings: [] }

const READS_SQL: readonly Config['command'][] = ['plan', 'dry-run', 'migrate']

async function judgePending(
  run: Way,
  pending: Parameters<typeof judgeFiles>[0],
): Promise<Planned | undefined> {
  const { config, system, gathered, known } = run
  const { tracking, serverMajor: postgres } = known.target
  const judged = await judgeFiles(pending, config, { tracking, postgres })
  const { migrations, findings } = findUnfinished(judged.migrations, known.records)
  await settlePlan(run, pending, judged)
  system.observe({ kind: 'planned', plan: gathered.plan as Plan })
  gathered.findings = [...(gathered.findings ?? []), ...judged.findings, ...findings]
  gathered.suppressed = judged.suppressed
  gathered.rules = Object.values(RULES)
  if (config.transaction === 'all') gathered.findings = [...gathered.findings, ...refuseTogether(migrations)]
  if (isStopped(config, gathered)) return undefined
  const { unsaid } = judged
  return { unsaid, migrations: config.command === 'plan' ? migrations : fillAll(migrations, config, system) }
}

/** What the rehearsal is to judge does not keep it from being done; nor does what a person may still force. */
function isStopped(config: Config, { findings = [], drift = [], refusals = [] }: Gathering): boolean {
  const rehearses = config.command !== 'plan' && config.rehearse !== 'off'
  const stops = findings.filter(({ severity }) => severity === 'error')
  const last = stops.filter(
    (finding) => !(rehearses && isMeasurable(finding)) && !mayBeForced(finding, config),
  )
  return drift.length > 0 || refusals.length > 0 || last.length > 0
}

/**
 * Somebody is asked after the rehearsal (`ask-to-force.ts`), or decides by what a shadow shows, where it does no harm. It
 * stops what comes after.
 */
function mayBeForced({ force }: Finding, config: Config): boolean {
  const { command, dryRun, ci, judging } = config
  const isAsked = command === 'migrate' && !dryRun && !ci && judging.class === 'staging'
  return force === 'needed' && (isAsked || (command !== 'plan' && choosePlace(config) === 'shadow'))
}

function note(gathered: Gathering, sentences: readonly string[]): void {
  if (sentences.length > 0) gathered.notes = [...(gathered.notes ?? []), ...sentences]
}

/** @throws UserError for variables that are not there: nothing is sent without them */
function fillAll(
  runnable: readonly RunnableMigration[],
  config: Config,
  { mask }: System,
): readonly RunnableMigration[] {
  const { migrations, values, problems } = fillValues(
    runnable,
    config.variableOf,
    config.environment.urlVariable,
  )
  const spellings = config.hide(values)
  if (spellings.length > 0) mask?.(spellings)
  if (problems.length > 0) throw new UserError(problems)
  return migrations
}

function failedBefore(records: readonly AppliedRecord[]): string[] {
  return records
    .filter(({ status }) => status === 'failed')
    .map(
      ({ name, appliedAt, errorMessage }) =>
        `${name} failed when it was tried last, at ${appliedAt}: ${errorMessage ?? 'no reason is recorded'}.`,
    )
}
