import { recordSchema } from '../database/schema/record-schema.js'
import { applySql } from '../executors/sql/apply.js'
import { notRun } from '../executors/sql/course.js'
import type { AppliedRecord } from '../model/history.js'
import type { OperationStep, StepState } from '../model/operation.js'
import type { Outcome, OutcomeState } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import { markForced } from '../plan/mark-forced.js'
import { mirrorRecords } from '../plan/mirror-records.js'
import { wasInTheWay } from '../render/was-in-the-way.js'
import { backUpBefore } from './back-up-before.js'
import { confirmOutcomes } from './confirming/confirm-outcomes.js'
import { keepSent } from './confirming/keep-sent.js'
import { type HeldLine, holdLine } from './connecting/hold-line.js'
import { leaveLine } from './connecting/leave-line.js'
import { isHealthyAfter } from './keep-healthy.js'
import { confirmOperation } from './recording/confirm-operation.js'
import { ensureTables } from './recording/ensure-tables.js'
import { refreshPending } from './recording/refresh-pending.js'
import { withTables } from './recording/with-tables.js'
import { keepBlockers } from './telling/keep-blockers.js'
import { waitReview } from './wait-review.js'
import type { Way } from './way.js'

/**
 * Runs down parts as the executor runs migrations, on a history that is turned round; then reads it again on a fresh
 * connection. The steps of the operation say what became of each, whatever happens.
 */
export async function applyDowns(asked: Way, downs: readonly RunnableMigration[]): Promise<void> {
  const migrations = markForced(downs, asked.gathered.findings ?? [])
  if (!(await confirmOperation(asked))) return
  const run = await backUpBefore(asked, migrations)
  delete asked.gathered.outcomes
  if (run === undefined || !(await waitReview(run, migrations)))
    return tellSteps(asked, migrations.map(notRun))
  const { gathered, system, known } = run
  const outcomes = migrations.map(notRun)
  tellSteps(run, outcomes)
  gathered.applying = true
  system.observe({ kind: 'stage', stage: 'apply' })
  await using held = holdLine(run, migrations, outcomes, (line) => ({
    ...line,
    records: mirrorRecords(line.records, filesOf(migrations)),
  }))
  await undo(run, held, migrations, outcomes)
  const closed = leaveLine(run, held)
  gathered.target = withTables(known.target)
  const connections = { closed, early: undefined, otherwise: held.otherwise() }
  await confirmOutcomes(run, migrations, outcomes, connections, (records) =>
    mirrorRecords(records, filesOf(migrations)),
  )
  await closed
  tellSteps(run, asRecorded(gathered.outcomes ?? outcomes, gathered.records ?? []))
  delete gathered.outcomes
  refreshPending(run)
  gathered.applying = false
  if (gathered.operation?.steps.every(({ state }) => state === 'done')) await isHealthyAfter(run)
}

async function undo(
  run: Way,
  { line, reconnect }: HeldLine,
  migrations: readonly RunnableMigration[],
  outcomes: Outcome[],
): Promise<void> {
  const { system, gathered, config, known } = run
  const { sent, see } = keepSent(gathered)
  await applySql({
    ...line,
    migrations,
    planHash: gathered.plan?.hash ?? '',
    settings: known.settings,
    ...(config.schemaDrift === 'off'
      ? {}
      : { recordSchema: recordSchema(known.target.tracking, config.run.toolVersion, config.schemas) }),
    timeouts: config.timeouts,
    waits: true,
    goesBack: true,
    together: config.transaction === 'all',
    ...(system.messageBytes === undefined ? {} : { messageBytes: system.messageBytes }),
    sent,
    observe: keepBlockers((event) => {
      see(event)
      if (event.kind === 'applied') {
        outcomes[event.index - 1] = event.outcome
        tellStep(run, event.index - 1, event.outcome)
      }
      if (event.kind === 'taken-back') {
        const first = event.index - 1
        outcomes.splice(first, event.count, ...migrations.slice(first, first + event.count).map(notRun))
        tellSteps(run, outcomes)
      }
      system.observe(event)
    }),
    watch: run.watch,
    signal: run.signal,
    reconnect,
    ensureTables: (at, refused) => ensureTables(at, run, { applies: true, refused }),
  })
  sent(0, 0)
}

function filesOf(migrations: readonly RunnableMigration[]) {
  return migrations.map(({ file }) => file)
}

/** What failed counts as rolled back; where its row is neither applied nor undone by now, something may be left of it. */
function asRecorded(outcomes: readonly Outcome[], records: readonly AppliedRecord[]): Outcome[] {
  const halfDone = new Set(records.flatMap(({ status, version }) => (SETTLED.has(status) ? [] : [version])))
  return outcomes.map((outcome) =>
    outcome.state === 'failed' && halfDone.has(outcome.version) ? { ...outcome, state: 'partial' } : outcome,
  )
}

const SETTLED: ReadonlySet<AppliedRecord['status']> = new Set(['completed', 'rolled_back'])

function tellSteps({ gathered }: Way, outcomes: readonly Outcome[]): void {
  const { steps = [], ...rest } = gathered.operation ?? {}
  gathered.operation = { ...rest, steps: steps.map((step, index) => toldBy(step, outcomes[index])) }
}

function tellStep({ gathered }: Way, index: number, outcome: Outcome): void {
  const { steps = [], ...rest } = gathered.operation ?? {}
  const step = steps[index]
  if (step) gathered.operation = { ...rest, steps: steps.with(index, toldBy(step, outcome)) }
}

function toldBy(step: OperationStep, outcome: Outcome | undefined): OperationStep {
  if (outcome === undefined) return step
  const { state, failure, atomicity, durationMs } = outcome
  const half = state === 'partial' ? [HALF] : []
  const details = [...(atomicity === undefined ? [] : [atomicity]), ...wasInTheWay(outcome, String), ...half]
  return {
    ...step,
    state: STATES[state],
    durationMs,
    ...(details.length > 0 ? { details } : {}),
    ...(failure ? { failure } : {}),
  }
}

const HALF =
  'It is undone in part, or may be: run rollback for it again, which looks what is there, and goes on behind what is done.'

const STATES: Readonly<Record<OutcomeState, StepState>> = {
  'not-run': 'not-run',
  applied: 'done',
  failed: 'failed',
  partial: 'partial',
  unknown: 'unknown',
}
