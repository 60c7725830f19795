import { recordSchema } from '../database/schema/record-schema.js'
import type { Work } from '../executors/executor.js'
import { applySql } from '../executors/sql/apply.js'
import { notRun } from '../executors/sql/course.js'
import type { Outcome } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import type { ProgressEvent } from '../model/progress.js'
import { UserError } from '../model/user-error.js'
import { backUpBefore } from './back-up-before.js'
import { confirmOutcomes } from './confirming/confirm-outcomes.js'
import { keepSent } from './confirming/keep-sent.js'
import { expectMany } from './connecting/early-session.js'
import { holdLine } from './connecting/hold-line.js'
import { leaveLine } from './connecting/leave-line.js'
import { ensureTables } from './recording/ensure-tables.js'
import { withTables } from './recording/with-tables.js'
import { keepBlockers } from './telling/keep-blockers.js'
import { waitReview } from './wait-review.js'
import type { Way } from './way.js'

/** Applies what was planned, then takes nobody's word for it: history is read again on a fresh connection. */
export async function applyPending(asked: Way, migrations: readonly RunnableMigration[]): Promise<void> {
  const { system, gathered, config } = asked
  if (gathered.plan && system.confirm && !(await system.confirm(gathered.plan, config))) {
    gathered.cancelled = true
    return
  }
  const run = await backUpBefore(asked, migrations)
  if (run === undefined) return
  const { known } = run
  if (!(await waitReview(run, migrations))) return
  system.observe({ kind: 'stage', stage: 'apply' })
  const tracked = withTables(known.target)
  const outcomes = migrations.map(notRun)
  // Whatever happens, what was applied is told.
  gathered.outcomes = outcomes
  gathered.applying = true
  const together = config.transaction === 'all'
  using early = expectMany(run.door, tracked, migrations.length, together)
  const { sent, see } = keepSent(gathered)
  const observe = keepBlockers((event) => {
    see(event)
    keepOutcome(event, migrations, outcomes)
    if (event.kind === 'applied') early.see(event.index)
    system.observe(event)
  })
  await using held = holdLine(run, migrations, outcomes)
  await execute(run, {
    ...held.line,
    migrations,
    ...ofPlan(run),
    settings: known.settings,
    ...recording(run),
    timeouts: config.timeouts,
    together,
    ...(system.messageBytes === undefined ? {} : { messageBytes: system.messageBytes }),
    observe,
    sent,
    watch: run.watch,
    signal: run.signal,
    reconnect: (reason) => {
      early.leave()
      return held.reconnect(reason)
    },
    ensureTables: (at, refused) => ensureTables(at, run, { applies: true, refused }),
  })
  sent(0, 0)
  // The server has committed what it will: nothing is to be waited for but the network.
  const closed = leaveLine(run, held)
  gathered.target = tracked
  system.observe({ kind: 'stage', stage: 'verify' })
  await confirmOutcomes(run, migrations, outcomes, {
    closed,
    early: early.take(),
    otherwise: held.otherwise(),
  })
  await closed
  gathered.applying = false
}

function keepOutcome(
  event: ProgressEvent,
  migrations: readonly RunnableMigration[],
  outcomes: Outcome[],
): void {
  if (event.kind === 'applied') outcomes[event.index - 1] = event.outcome
  if (event.kind !== 'taken-back') return
  const first = event.index - 1
  outcomes.splice(first, event.count, ...migrations.slice(first, first + event.count).map(notRun))
}

/** By our own executor; or by the Supabase CLI, supervised, from a bundle that other runs never read. */
async function execute(run: Way, work: Work): Promise<void> {
  if (run.config.format === 'sql') return void (await applySql(work))
  const { withSupabase } = await import(/* webpackIgnore: true */ './supervise-supabase.js')
  const done = await withSupabase(run, (executor) => executor(work))
  if ('problem' in done) throw new UserError([done.problem])
}

function ofPlan({ gathered: { plan } }: Way): Pick<Work, 'planHash' | 'later'> {
  return { planHash: plan?.hash ?? '', later: (plan?.deferred ?? []).map(({ file }) => file.version) }
}

/** What the schema is when the run ends, so that the next one sees what other hands changed. */
function recording({ config, known }: Way): { readonly recordSchema?: string } {
  if (config.schemaDrift === 'off') return {}
  return { recordSchema: recordSchema(known.target.tracking, config.run.toolVersion, config.schemas) }
}
