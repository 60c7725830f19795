import { recordSchema } from '../database/schema/record-schema.js'
import { TRACKING_VERSION } from '../database/tracking-ddl.js'
import type { Line } from '../executors/executor.js'
import { applySql } from '../executors/sql/apply.js'
import { notRun } from '../executors/sql/course.js'
import type { OperationStep, StepState } from '../model/operation.js'
import type { Outcome, OutcomeState } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import { markForced } from '../plan/mark-forced.js'
import { mirrorRecords } from '../plan/mirror-records.js'
import { backUpBefore } from './back-up-before.js'
import { confirmOperation } from './confirm-operation.js'
import { confirmOutcomes } from './confirm-outcomes.js'
import { ensureTables } from './ensure-tables.js'
import { isHealthyAfter } from './keep-healthy.js'
import { lineOf, reconnect } from './reconnect.js'
import { refreshPending } from './refresh-pending.js'
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
  const line = await undo(run, migrations, outcomes)
  const closed = line.session[Symbol.asyncDispose]()
  gathered.target = { ...known.target, tracking: { ...known.target.tracking, version: TRACKING_VERSION } }
  await confirmOutcomes(run, migrations, outcomes, { closed, early: undefined }, (records) =>
    mirrorRecords(records, filesOf(migrations)),
  )
  await closed
  tellSteps(run, gathered.outcomes ?? outcomes)
  delete gathered.outcomes
  refreshPending(run)
  gathered.applying = false
  if (gathered.operation?.steps.every(({ state }) => state === 'done')) await isHealthyAfter(run)
}

/** @returns the connection that was used last */
async function undo(run: Way, migrations: readonly RunnableMigration[], outcomes: Outcome[]): Promise<Line> {
  const { system, gathered, config, known } = run
  const turned = (line: Line): Line => ({
    ...line,
    records: mirrorRecords(line.records, filesOf(migrations)),
  })
  let line = turned(lineOf(run, run.session, known))
  await applySql({
    ...line,
    migrations,
    planHash: gathered.plan?.hash ?? '',
    settings: known.settings,
    ...(config.schemaDrift === 'off'
      ? {}
      : { recordSchema: recordSchema(known.target.tracking, config.run.toolVersion, config.schemas) }),
    timeouts: config.timeouts,
    together: config.transaction === 'all',
    ...(system.messageBytes === undefined ? {} : { messageBytes: system.messageBytes }),
    observe: (event) => {
      if (event.kind === 'applied') outcomes[event.index - 1] = event.outcome
      if (event.kind === 'applied') tellSteps(run, outcomes)
      system.observe(event)
    },
    watch: run.watch,
    signal: run.signal,
    reconnect: async (reason) => {
      const again = await reconnect(run, reason)
      line = again ? turned(again) : line
      return again && line
    },
    ensureTables: (at) => ensureTables(at, known.target, at.bookkeeping.begins),
  })
  return line
}

function filesOf(migrations: readonly RunnableMigration[]) {
  return migrations.map(({ file }) => file)
}

function tellSteps({ gathered }: Way, outcomes: readonly Outcome[]): void {
  const { steps = [], ...rest } = gathered.operation ?? {}
  gathered.operation = {
    ...rest,
    steps: steps.map((step, index) => tellStep(step, outcomes[index])),
  }
}

function tellStep(step: OperationStep, outcome: Outcome | undefined): OperationStep {
  if (outcome === undefined) return step
  const { state, failure, atomicity, durationMs } = outcome
  const half = state === 'partial' ? [HALF] : []
  const details = [...(atomicity === undefined ? [] : [atomicity]), ...half]
  return {
    ...step,
    state: STATES[state],
    durationMs,
    ...(details.length > 0 ? { details } : {}),
    ...(failure ? { failure } : {}),
  }
}

const HALF = 'It is undone in part: run rollback for it again, which goes on behind what is done.'

const STATES: Readonly<Record<OutcomeState, StepState>> = {
  'not-run': 'not-run',
  applied: 'done',
  failed: 'failed',
  partial: 'partial',
  unknown: 'unknown',
}
