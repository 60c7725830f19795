import { PLANNING } from '../config/command-groups.js'
import { COMMANDS } from '../config/commands.js'
import { noteNoLimit } from '../database/timeouts-elsewhere.js'
import type { Config } from '../model/config.js'
import type { AppliedRecord } from '../model/history.js'
import type { MigrationFile } from '../model/migration.js'
import type { Plan } from '../model/plan.js'
import { versionKey } from '../model/version.js'
import { describeLeft } from '../plan/describe-left.js'
import { findDrift } from '../plan/find-drift.js'
import { findSchemaDrift } from '../plan/find-schema-drift.js'
import { makePlan } from '../plan/make-plan.js'
import { findOutOfStep } from '../plan/supabase/find-out-of-step.js'
import type { Gathering } from '../report/gathered.js'
import { loadPendingWork } from './load-pending-work.js'
import type { ReadyToRehearse } from './rehearsing/ready-to-rehearse.js'
import type { Way } from './way.js'

/**
 * Compares what is recorded with the files, and has those judged that are pending, by what is loaded for it alone.
 *
 * @returns undefined when nothing is pending, or something stands against it that no rehearsal can judge
 */
export async function planPending(run: Way): Promise<ReadyToRehearse | undefined> {
  const { config, system, gathered, known } = run
  system.observe({ kind: 'stage', stage: 'plan' })
  const { files = [], findings = [] } = gathered
  gathered.drift = findDrift(known.records, files)
  const { plan, findings: planFindings, refusals, notes } = makePlan(files, known.records, config)
  const schema = findSchemaDrift(known.schemaComparison, config)
  gathered.plan = plan
  const outOfStep = known.step ? findOutOfStep(known.step) : []
  gathered.findings = [...findings, ...planFindings, ...outOfStep, ...schema.findings]
  gathered.refusals = refusals
  note(gathered, [...notes, ...schema.notes])
  note(gathered, noteUnlimited(run, plan))
  const pending = PLANNING.includes(config.command) ? plan.migrations.map(({ file }) => file) : []
  if (config.command !== 'migrate') note(gathered, describeLeft(known.records).map(config.redact))
  if (pending.length > 0) return (await loadPendingWork()).judge(run, pending)
  const begun = config.command === 'history' ? [] : begunOf(plan, known.records)
  if (!PLANNING.includes(config.command) && begun.length > 0)
    await (await loadPendingWork()).tellUnfinished(run, begun)
  if (isPlanOfNothing(config)) await (await loadPendingWork()).settleNothing(run)
  system.observe({ kind: 'planned', plan: gathered.plan })
  return undefined
}

/** It can be approved like any other, and what comes later is no part of it. An approved plan is used once, also where nothing is left of it. */
function isPlanOfNothing({ command, dryRun, gate }: Config): boolean {
  const isExpected = (gate.expectedPlanHash ?? gate.expectedPlan) !== undefined
  return command === 'plan' || command === 'dry-run' || (command === 'migrate' && (dryRun || isExpected))
}

/** A limit that pending files ask for and the server does not have. Told by those that read it for the run's own too. */
function noteUnlimited({ known, config }: Way, { migrations }: Plan): string[] {
  const asking = migrations.filter(({ file }) => (file.directives.timeouts.transactionMs ?? 0) > 0)
  if (asking.length === 0 || !COMMANDS[config.command].locks) return []
  return noteNoLimit(
    known.target,
    asking.map(({ file }) => file.name),
  )
}

function note(gathered: Gathering, sentences: readonly string[]): void {
  if (sentences.length > 0) gathered.notes = [...(gathered.notes ?? []), ...sentences]
}

/** Pending files that an earlier run began. */
function begunOf({ migrations, deferred }: Plan, records: readonly AppliedRecord[]): MigrationFile[] {
  const begun = new Set(records.filter(isBegun).map(({ version }) => versionKey(version)))
  return [...migrations, ...deferred].flatMap(({ file }) => (begun.has(versionKey(file.version)) ? file : []))
}

function isBegun({ status, journal }: AppliedRecord): boolean {
  return ['running', 'partial', 'unknown'].includes(status) || (status === 'failed' && journal !== null)
}
