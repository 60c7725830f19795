import type { Timeouts } from '../../model/config.js'
import type { RunnableMigration } from '../../model/plan.js'
import { FIRE_ALL } from '../../sql/fire-deferred.js'
import { inAnyEncoding } from '../../sql/in-any-encoding.js'
import { limitSession } from '../../sql/limit-session.js'
import { AS_OURSELVES } from '../../sql/session-reset.js'
import type { Work } from '../executor.js'
import { recordOf } from './record.js'

/** SQL that opens a migration's own transaction and records it as running. */
export function beginTransaction(work: Work, migration: RunnableMigration): string {
  return `BEGIN;\n${openFile(work, migration)}`
}

/** Records a migration as running in the transaction that is open. Its text follows. */
export function openFile(work: Work, migration: RunnableMigration): string {
  // What the record waits for is the lock timeout's: the file would be told to have taken too long.
  const { statementMs } = work.timeouts
  const limits = { ...(statementMs === 0 ? {} : { statementMs }), ...migration.file.directives.timeouts }
  return [
    'SET LOCAL search_path = pg_catalog, pg_temp;',
    ...(statementMs === 0 ? [] : ['SET LOCAL statement_timeout = 0;']),
    work.bookkeeping.start(recordOf(work, migration)),
    'RESET search_path;',
    ...ownTimeouts(limits),
  ].join('\n')
}

/**
 * Records a migration as completed. Deferred constraints are checked before, where their error still has a file; the
 * checks of the record and the lock raise, so that COMMIT is not reached when something is not as it should be.
 *
 * @param fire SQL that checks them
 */
export function closeFile(work: Work, migration: RunnableMigration, fire = FIRE_ALL): string {
  const complete = work.bookkeeping.complete(recordOf(work, migration))
  // An earlier message of a file in pieces may have set the encoding that this one is read in.
  return [fire, AS_OURSELVES, migration.pieces ? inAnyEncoding(complete) : complete].join('\n')
}

/** What the file asks for; what else the run asks for holds in the session. */
function ownTimeouts({ lockMs, statementMs, ...limits }: Partial<Timeouts>): string[] {
  return [
    ...(lockMs === undefined ? [] : [`SET LOCAL lock_timeout = ${lockMs};`]),
    ...(statementMs === undefined ? [] : [`SET LOCAL statement_timeout = ${statementMs};`]),
    ...limitSession(limits),
  ]
}
