import type { Config } from '../model/config.js'
import type { Finding } from '../model/finding.js'
import type { AppliedRecord } from '../model/history.js'
import type { Plan, RunnableMigration } from '../model/plan.js'
import { UserError } from '../model/user-error.js'
import { findDrift } from '../plan/find-drift.js'
import { findSchemaDrift } from '../plan/find-schema-drift.js'
import { findUnfinished } from '../plan/find-unfinished.js'
import { makePlan } from '../plan/make-plan.js'
import { refuseTogether } from '../plan/refuse-together.js'
import { findOutOfStep } from '../plan/supabase/find-out-of-step.js'
import type { Gathering } from '../report/gathered.js'
import { RULES } from '../rules/all-rules.js'
import { fillAll } from './fill-all.js'
import { hideFileSecrets } from './hide-file-secrets.js'
import { isStopped } from './is-stopped.js'
import { judgeFiles } from './judge-files.js'
import { settlePlan } from './settle-plan.js'
import type { Way } from './way.js'
import { REHEARSE_IS_OFF, stoppedBefore } from './without-rehearsal.js'

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
  const outOfStep = known.step ? findOutOfStep(known.step) : []
  gathered.findings = [...findings, ...planFindings, ...outOfStep, ...schema.findings]
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

/** Commands that read what is pending as SQL. */
export const READS_SQL: readonly Config['command'][] = ['plan', 'dry-run', 'migrate']

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
  if (config.format === 'supabase') await judgeForSupabase(run, migrations)
  if (isStopped(config, gathered)) {
    gathered.notRehearsed = config.rehearse === 'off' ? REHEARSE_IS_OFF : stoppedBefore(gathered)
    return undefined
  }
  const { unsaid } = judged
  return { unsaid, migrations: config.command === 'plan' ? migrations : fillAll(migrations, config, system) }
}

/** @throws UserError where there is no Supabase CLI to apply them, or none that may be used */
async function judgeForSupabase(run: Way, migrations: readonly RunnableMigration[]): Promise<void> {
  const { gathered } = run
  const { planSupabase } = await import(/* webpackIgnore: true */ './supervise-supabase.js')
  const { problem, findings, notes } = await planSupabase(run, migrations)
  if (problem) throw new UserError([problem])
  gathered.findings = [...(gathered.findings ?? []), ...findings]
  note(gathered, notes)
}

function note(gathered: Gathering, sentences: readonly string[]): void {
  if (sentences.length > 0) gathered.notes = [...(gathered.notes ?? []), ...sentences]
}

function failedBefore(records: readonly AppliedRecord[]): string[] {
  return records
    .filter(({ status }) => status === 'failed')
    .map(
      ({ name, appliedAt, errorMessage }) =>
        `${name} failed when it was tried last, at ${appliedAt}: ${errorMessage ?? 'no reason is recorded'}.`,
    )
}
