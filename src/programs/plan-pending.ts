import { PLANNING } from '../config/command-groups.js'
import type { Config } from '../model/config.js'
import type { AppliedRecord } from '../model/history.js'
import { findDrift } from '../plan/find-drift.js'
import { findSchemaDrift } from '../plan/find-schema-drift.js'
import { makePlan } from '../plan/make-plan.js'
import { findOutOfStep } from '../plan/supabase/find-out-of-step.js'
import type { Gathering } from '../report/gathered.js'
import { loadPendingWork } from './load-pending-work.js'
import type { ReadyToRehearse } from './ready-to-rehearse.js'
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
  const pending = PLANNING.includes(config.command) ? plan.migrations.map(({ file }) => file) : []
  if (config.command !== 'migrate') note(gathered, failedBefore(known.records).map(config.redact))
  if (pending.length > 0) return (await loadPendingWork()).judge(run, pending)
  if (isPlanOfNothing(config)) await (await loadPendingWork()).settleNothing(run)
  system.observe({ kind: 'planned', plan: gathered.plan })
  return undefined
}

/** It can be approved like any other, and what comes later is no part of it. An approved plan is used once, also where nothing is left of it. */
function isPlanOfNothing({ command, dryRun, gate }: Config): boolean {
  const isExpected = (gate.expectedPlanHash ?? gate.expectedPlan) !== undefined
  return command === 'plan' || command === 'dry-run' || (command === 'migrate' && (dryRun || isExpected))
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
