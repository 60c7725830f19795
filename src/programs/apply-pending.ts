import { recordSchema } from '../database/schema/record-schema.js'
import { TRACKING_VERSION } from '../database/tracking-ddl.js'
import type { Line } from '../executors/executor.js'
import { applySql } from '../executors/sql/apply.js'
import { notRun } from '../executors/sql/course.js'
import type { RunnableMigration } from '../model/plan.js'
import type { Observe } from '../model/progress.js'
import { waitReviewWindow } from '../terminal/countdown.js'
import { confirmOutcomes } from './confirm-outcomes.js'
import { expectMany } from './early-session.js'
import { ensureTables } from './ensure-tables.js'
import { lineOf, reconnect } from './reconnect.js'
import type { Way } from './way.js'

/** Applies what was planned, then takes nobody's word for it: history is read again on a fresh connection. */
export async function applyPending(run: Way, migrations: readonly RunnableMigration[]): Promise<void> {
  const { session, system, gathered, config, known } = run
  if (gathered.plan && system.confirm && !(await system.confirm(gathered.plan, config))) {
    gathered.cancelled = true
    return
  }
  if ((await window(run, migrations)) === 'aborted') return
  system.observe({ kind: 'stage', stage: 'apply' })
  const outcomes = migrations.map(notRun)
  // Whatever happens, what was applied is told.
  gathered.outcomes = outcomes
  gathered.applying = true
  const early = expectMany(run.door, migrations.length)
  const observe: Observe = (event) => {
    if (event.kind === 'applied') {
      outcomes[event.index - 1] = event.outcome
      early.see(event.index)
    }
    system.observe(event)
  }
  let line: Line = lineOf(run, session, known)
  await applySql({
    ...line,
    migrations,
    planHash: gathered.plan?.hash ?? '',
    settings: known.settings,
    ...recording(run),
    timeouts: config.timeouts,
    together: config.transaction === 'all',
    observe,
    watch: run.watch,
    signal: run.signal,
    reconnect: async (reason) => {
      const again = await reconnect(run, reason)
      line = again ?? line
      return again
    },
    ensureTables: (at) => ensureTables(at, known.target),
  })
  // The server has committed what it will: nothing is to be waited for but the network.
  const closed = line.session[Symbol.asyncDispose]()
  gathered.target = { ...known.target, tracking: { ...known.target.tracking, version: TRACKING_VERSION } }
  system.observe({ kind: 'stage', stage: 'verify' })
  await confirmOutcomes(run, migrations, outcomes, { closed, early: await early.take() })
  await closed
  gathered.applying = false
}

/** Time for somebody to stop it, under the lock, so that nothing changes meanwhile. */
async function window(
  { config, system, signal, known }: Way,
  migrations: readonly RunnableMigration[],
): ReturnType<typeof waitReviewWindow> {
  const { runUrl } = config.run
  return waitReviewWindow(config.gate.reviewWindowMs, {
    observe: system.observe,
    signal,
    about: {
      names: migrations.map(({ file }) => file.name),
      environment: config.environment.name,
      database: known.target.database,
      ...(runUrl === undefined ? {} : { runUrl }),
    },
  })
}

/** What the schema is when the run ends, so that the next one sees what other hands changed. */
function recording({ config, known }: Way): { readonly recordSchema?: string } {
  if (config.schemaDrift === 'off') return {}
  return { recordSchema: recordSchema(known.target.tracking, config.run.toolVersion, config.schemas) }
}
