import type { RehearsalState, Rehearsed } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import type { Observe } from '../model/progress.js'
import type { Reply, Session } from '../model/session.js'
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
  /** Creates the tracking tables for the length of the rehearsal, where there are none yet. */
  readonly ensure: string
  /** SQL that sets the session up; sent again at the end. */
  readonly settings: string
  readonly observe: Observe
}

/**
 * Executes the pending migrations on the target in one transaction and rolls it back. Takes the locks the migrations
 * take, within {@link BUDGET}. Sends no transaction control of a file. Returns one result for each, and stops at the
 * first that fails.
 */
export async function rehearse(rehearsal: Rehearsal): Promise<Rehearsed[]> {
  const results = rehearsal.migrations.map((migration) => resultOf(migration, { state: 'not-run' }, 0))
  const begun = await rehearsal.session.send(
    `BEGIN;\nSET LOCAL search_path = pg_catalog;\n${rehearsal.ensure}`,
  )
  const count = rehearsal.migrations.length
  const past: Past = { leftOut: [], notRun: [] }
  for (const [index, migration] of rehearsal.migrations.entries()) {
    rehearsal.observe({ kind: 'rehearsing', name: migration.file.name, index: index + 1, count })
    const started = performance.now()
    const shown = begun.error ? cannotBegin(begun) : await rehearseOne(rehearsal.session, migration, past)
    const rehearsed = resultOf(migration, shown, performance.now() - started)
    results[index] = rehearsed
    rehearsal.observe({ kind: 'rehearsed', rehearsed, index: index + 1, count })
    if (shown.stop) break
  }
  await rehearsal.session.send(`ROLLBACK;\n${RESET_SESSION}\n${rehearsal.settings}`)
  return results
}

interface Shown extends Pick<Rehearsed, 'state' | 'reason' | 'failure'> {
  readonly stop?: boolean
}

function resultOf(migration: RunnableMigration, { stop: _, ...shown }: Shown, ms: number): Rehearsed {
  const { version, name, path } = migration.file
  return { version, name, path, durationMs: Math.round(ms), ...shown }
}

function cannotBegin({ error }: Reply): Shown {
  const failure = {
    code: error?.code ?? 'XX000',
    message: `the tracking tables can not be created: ${error?.message}`,
  }
  return { state: 'failed', failure, stop: true }
}

async function rehearseOne(session: Session, migration: RunnableMigration, past: Past): Promise<Shown> {
  if (!migration.statements) {
    past.notRun.push(migration)
    return { state: 'not-rehearsable', reason: `it could not be analysed: ${migration.unreadable}` }
  }
  const left = migration.statements.flatMap((statement) => statement.outside ?? [])
  if (left.length > 0) past.leftOut.push(migration)
  if (left.length > 0 && left.length === migration.statements.length) {
    return { state: 'not-rehearsable', reason: `${listOnce(left)} can not run in a transaction` }
  }
  const layout = layOutFile(migration, BUDGET, afterFile())
  const reply = await session.send(layout.sent, { keepRows: false })
  if (!reply.error) return passed(left)
  const failure = locateFailure(reply, layout.migration, layout)
  if (reply.state === 'lost') return { state: 'failed', failure, stop: true }
  const excuse = explainAway(failure, migration, past)
  if (!excuse) return { state: 'failed', failure, stop: true }
  past.notRun.push(migration)
  await session.send('ROLLBACK TO SAVEPOINT devflow_rehearsal;')
  return { state: 'not-rehearsable', reason: excuse.reason, stop: excuse.stop }
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
 * file, whose transaction would begin anew; and the session is set back.
 */
function afterFile(): string {
  return `SET CONSTRAINTS ALL IMMEDIATE;
${AS_OURSELVES}
DO $devflow$
DECLARE
  deferred text;
BEGIN
  FOR deferred IN
    SELECT DISTINCT format('%I.%I', n.nspname, c.conname)
    FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE c.condeferred
  LOOP
    EXECUTE 'SET CONSTRAINTS ' || deferred || ' DEFERRED';
  END LOOP;
END
$devflow$;
${RESET_SESSION}`
}
