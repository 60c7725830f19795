import type { Bookkeeping } from '../model/bookkeeping.js'
import type { Failure, RehearsalState, Rehearsed } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import type { Observe } from '../model/progress.js'
import type { Session } from '../model/session.js'
import { UserError } from '../model/user-error.js'
import { locateFailure } from '../sql/locate-failure.js'
import { AS_OURSELVES, RESET_SESSION } from '../sql/session-reset.js'
import { BUDGET } from './budget.js'
import { explainAway } from './explain-away.js'
import { layOutFile } from './lay-out-file.js'
import type { Past } from './past.js'

/** What a rehearsal on the target is handed. */
export interface Rehearsal {
  readonly session: Session
  readonly migrations: readonly RunnableMigration[]
  /** `ensure` creates the tracking tables for the length of the rehearsal; `lockHeld` is checked after each file. */
  readonly bookkeeping: Pick<Bookkeeping, 'ensure' | 'lockHeld'>
  /** SQL that sets the session up; sent again after each file. */
  readonly settings: string
  readonly observe: Observe
}

/**
 * Executes the pending migrations on the target in one transaction and rolls it back. Takes the locks the migrations
 * take, within {@link BUDGET}. Sends no transaction control of a file. Returns one result for each, and stops at the
 * first that fails.
 */
export async function rehearse(rehearsal: Rehearsal): Promise<Rehearsed[]> {
  const { session, migrations, bookkeeping, observe } = rehearsal
  const results = migrations.map((migration) => resultOf(migration, { state: 'not-run' }, 0))
  await begin(session, bookkeeping)
  const count = migrations.length
  const past: Past = { leftOut: [], notRun: [] }
  for (const [index, migration] of migrations.entries()) {
    observe({ kind: 'rehearsing', name: migration.file.name, index: index + 1, count })
    const started = performance.now()
    const shown = await rehearseOne(session, migration, past, afterFile(rehearsal))
    const rehearsed = resultOf(migration, shown, performance.now() - started)
    results[index] = rehearsed
    observe({ kind: 'rehearsed', rehearsed, index: index + 1, count })
    if (shown.stop) break
  }
  await session.send(`ROLLBACK;\n${RESET_SESSION}\n${rehearsal.settings}`)
  return results
}

async function begin(session: Session, { ensure }: Rehearsal['bookkeeping']): Promise<void> {
  const { error, state } = await session.send(`BEGIN;\nSET LOCAL search_path = pg_catalog;\n${ensure}`)
  if (!error) return
  if (state === 'lost')
    throw new UserError([
      { message: `The connection was lost before the rehearsal: ${error.message}.`, help: 'Run again.' },
    ])
  throw new UserError([
    {
      message: `The tracking tables can not be created or upgraded, not even for a rehearsal: ${error.message}.`,
      help: 'Use a role that may create the schema and owns the tables, or name another schema as database.migrations.tracking_schema.',
    },
  ])
}

interface Shown extends Pick<Rehearsed, 'state' | 'reason' | 'failure'> {
  readonly stop?: boolean
}

function resultOf(migration: RunnableMigration, { stop: _, ...shown }: Shown, ms: number): Rehearsed {
  const { version, name, path } = migration.file
  return { version, name, path, durationMs: Math.round(ms), ...shown }
}

async function rehearseOne(
  session: Session,
  migration: RunnableMigration,
  past: Past,
  after: string,
): Promise<Shown> {
  if (!migration.statements) {
    past.notRun.push(migration)
    return { state: 'not-rehearsable', reason: `it could not be analysed: ${migration.unreadable}` }
  }
  const left = migration.statements.flatMap((statement) => statement.outside ?? [])
  if (left.length > 0) past.leftOut.push(migration)
  if (left.length > 0 && left.length === migration.statements.length) {
    return { state: 'not-rehearsable', reason: `${listOnce(left)} can not run in a transaction` }
  }
  const layout = layOutFile(migration, BUDGET, after)
  const reply = await session.send(layout.sent, { keepRows: false })
  if (!reply.error) return passed(left)
  const failure = inWholeFile(locateFailure(reply, layout.migration, layout), layout.migration, migration)
  if (reply.state === 'lost') return { state: 'failed', failure, stop: true }
  const excuse = explainAway(failure, migration, past)
  if (!excuse) return { state: 'failed', failure, stop: true }
  past.notRun.push(migration)
  await session.send('ROLLBACK TO SAVEPOINT devflow_rehearsal;')
  return { state: 'not-rehearsable', reason: excuse.reason, stop: excuse.stop }
}

/** Counts the failing statement among all of its file, not among those that were sent. */
function inWholeFile(failure: Failure, sent: RunnableMigration, whole: RunnableMigration): Failure {
  const failing = sent.statements?.[(failure.statement ?? 0) - 1]
  return failing ? { ...failure, statement: (whole.statements ?? []).indexOf(failing) + 1 } : failure
}

function passed(left: readonly string[]): Shown {
  const state: RehearsalState = left.length > 0 ? 'partly-rehearsed' : 'rehearsed'
  return {
    state,
    ...(left.length > 0 ? { reason: `${listOnce(left)} can not run in a transaction and was left out` } : {}),
  }
}

function listOnce(words: readonly string[]): string {
  return [...new Set(words)].join(', ')
}

/**
 * What COMMIT would do, as far as it can be had: deferred constraints are checked, then deferred again for the next
 * file, whose transaction would begin anew; the lock is looked for, which no rollback gives back; and the session is
 * set back.
 */
function afterFile({ bookkeeping, settings }: Rehearsal): string {
  return `SET CONSTRAINTS ALL IMMEDIATE;
${AS_OURSELVES}
${bookkeeping.lockHeld}
${DEFER_AGAIN}
${RESET_SESSION}
${settings}
RELEASE SAVEPOINT devflow_rehearsal;`
}

/** Leaves out what can not be named alone: in a schema without rights, or of one name with a constraint that can not wait. */
const DEFER_AGAIN = `DO $devflow$
DECLARE
  deferred text;
BEGIN
  FOR deferred IN
    SELECT DISTINCT format('%I.%I', n.nspname, c.conname)
    FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
    WHERE c.condeferred AND NOT pg_is_other_temp_schema(n.oid)
  LOOP
    BEGIN
      EXECUTE 'SET CONSTRAINTS ' || deferred || ' DEFERRED';
    EXCEPTION WHEN insufficient_privilege OR wrong_object_type THEN
      NULL;
    END;
  END LOOP;
END
$devflow$;`
