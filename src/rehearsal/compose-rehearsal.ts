import type { RunnableMigration } from '../model/plan.js'
import { composeMessage } from '../sql/compose-message.js'
import type { MessageLayout } from '../sql/locate-failure.js'
import { setMark } from '../sql/mark.js'
import { AS_OURSELVES, DEFER_AGAIN, RESET_SESSION } from '../sql/session-reset.js'
import { BUDGET } from './budget.js'
import type { Rehearsal } from './rehearsal.js'

/** A file as it stands in a message of the rehearsal. */
export interface RehearsedBlock {
  /** Without what is left out. */
  readonly migration: RunnableMigration
  readonly layout: MessageLayout
  /** How many statements of the message are done when it is about to begin, and when it is through. */
  readonly begunAt: number
  readonly throughAt: number
}

export interface RehearsalMessage {
  readonly sent: string
  readonly copies: readonly string[]
  readonly blocks: readonly RehearsedBlock[]
  /** Statements before the first file: those that open the transaction. */
  readonly prologue: number
}

/**
 * Many files in one message. There is always one savepoint, after the last file that went through: what fails is taken
 * back to there.
 *
 * @param opening SQL that opens the transaction, or nothing when it is open
 */
export function composeRehearsal(
  rehearsal: Rehearsal,
  migrations: readonly RunnableMigration[],
  opening: string,
  markOf: (index: number) => string,
): RehearsalMessage {
  const message = composeMessage()
  message.own(opening)
  const prologue = message.statements
  const placed = migrations.map((migration, index) => {
    const begunAt = message.statements
    message.own(WITHIN_BUDGET)
    const layout = message.file(migration)
    message.own(closeRehearsed(rehearsal, setMark(markOf(index))))
    return { migration, layout, begunAt, throughAt: message.statements }
  })
  const { sent, copies } = message.seal()
  return {
    sent,
    copies,
    prologue,
    blocks: placed.map((block) => ({ ...block, layout: { ...block.layout, sent } })),
  }
}

/** Opens the transaction that is rolled back, makes the tracking tables in it, and sets the first savepoint. */
export function openRehearsal({ bookkeeping }: Rehearsal): string {
  return `BEGIN READ WRITE;\nSET LOCAL search_path = pg_catalog;\n${bookkeeping.ensure}\nSAVEPOINT devflow_rehearsal;`
}

/** One savepoint at a time: nested ones would pile up. */
const NEXT_SAVEPOINT = 'RELEASE SAVEPOINT devflow_rehearsal;\nSAVEPOINT devflow_rehearsal;'

/** The role's own search path, and the budget, before each file. */
export const WITHIN_BUDGET = `RESET search_path;
SET LOCAL lock_timeout = ${BUDGET.lockMs};
SET LOCAL statement_timeout = ${BUDGET.statementMs};`

/**
 * What COMMIT would do, as far as it can be had: deferred constraints are checked, then deferred again for the next
 * file, whose transaction would begin anew; the lock is looked for, which no rollback gives back; and the session is
 * set back.
 */
export function closeRehearsed({ bookkeeping, settings }: Rehearsal, mark: string): string {
  return [
    'SET CONSTRAINTS ALL IMMEDIATE;',
    AS_OURSELVES,
    bookkeeping.lockHeld,
    DEFER_AGAIN,
    mark,
    RESET_SESSION,
    settings,
    NEXT_SAVEPOINT,
  ].join('\n')
}
