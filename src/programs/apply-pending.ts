import { makeBookkeeping } from '../database/make-bookkeeping.js'
import { TRACKING_VERSION } from '../database/tracking-ddl.js'
import { applySql, notRun } from '../executors/sql/apply.js'
import type { Bookkeeping } from '../model/bookkeeping.js'
import type { RunnableMigration } from '../model/plan.js'
import type { Observe } from '../model/progress.js'
import type { Session } from '../model/session.js'
import type { Target } from '../model/target.js'
import { UserError } from '../model/user-error.js'
import { confirmOutcomes } from './confirm-outcomes.js'
import type { Way } from './way.js'
import { writerOf } from './writer-of.js'

/** Applies what was planned, then takes nobody's word for it: history is read again on a fresh connection. */
export async function applyPending(run: Way, migrations: readonly RunnableMigration[]): Promise<void> {
  const { session, settings, system, gathered, config, known } = run
  if (gathered.plan && system.confirm && !(await system.confirm(gathered.plan, config))) {
    gathered.cancelled = true
    return
  }
  system.observe({ kind: 'stage', stage: 'apply' })
  const bookkeeping = makeBookkeeping(known.target, writerOf(config), known.schemaExists)
  await ensureTables(session, bookkeeping, known.target)
  gathered.target = { ...known.target, tracking: { ...known.target.tracking, version: TRACKING_VERSION } }
  const outcomes = migrations.map(notRun)
  // Whatever happens, what was applied is told.
  gathered.outcomes = outcomes
  const observe: Observe = (event) => {
    if (event.kind === 'applied') outcomes[event.index - 1] = event.outcome
    system.observe(event)
  }
  await applySql({
    session,
    migrations,
    bookkeeping,
    planHash: gathered.plan?.hash ?? '',
    settings,
    lockTimeoutMs: config.lockTimeoutMs,
    statementTimeoutMs: config.statementTimeoutMs,
    observe,
  })
  await session[Symbol.asyncDispose]()
  system.observe({ kind: 'stage', stage: 'verify' })
  await confirmOutcomes(run, migrations, outcomes)
}

async function ensureTables(session: Session, { ensure }: Bookkeeping, target: Target): Promise<void> {
  if (!ensure) return
  const reply = await session.send(`BEGIN;\nSET LOCAL search_path = pg_catalog;\n${ensure}\nCOMMIT;`)
  if (!reply.error) return
  if (reply.state === 'lost') throw lostBefore(reply.error.message)
  await session.send('ROLLBACK;')
  const { schema, table } = target.tracking
  throw new UserError([
    {
      message: `The tracking tables ${schema}.${table} can not be created or upgraded as ${target.user}: ${reply.error.message}.`,
      help: 'Use a role that may create the schema and owns the tables, or name another schema as database.migrations.tracking_schema.',
    },
  ])
}

function lostBefore(reason: string): UserError {
  return new UserError([
    { message: `The connection was lost before anything was applied: ${reason}.`, help: 'Run again.' },
  ])
}
