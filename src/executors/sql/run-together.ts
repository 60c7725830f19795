import type { Journal } from '../../model/journal.js'
import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Reply } from '../../model/session.js'
import type { Watched } from '../../model/watch.js'
import { copiesOf } from '../../sql/copies-of.js'
import { countStatements } from '../../sql/count-statements.js'
import { fillIn } from '../../sql/fill-in.js'
import { FIRE_ALL } from '../../sql/fire-deferred.js'
import { digestStatement, journalAt } from '../../sql/journal-text.js'
import { locateFailure, type MessageLayout } from '../../sql/locate-failure.js'
import { raising } from '../../sql/raise.js'
import { keepSession, readSession, SESSION_COLUMN } from '../../sql/session-now.js'
import { AS_OURSELVES } from '../../sql/session-reset.js'
import type { Step } from '../../sql/split-steps.js'
import type { Work } from '../executor.js'
import { endedAt } from './is-loss.js'
import { journalSql, keepProgress, type Progress } from './keep-journal.js'
import { rollBack } from './record.js'
import { send } from './send.js'
import { waitToRetry } from './wait-to-retry.js'
import { watchedLockTimeout } from './watched-lock-timeout.js'

/**
 * Sends statements in one transaction with the record of them, again while they only fail to get a lock: what failed is
 * rolled back. A transaction of the file's own that can hold no record, because it is rolled back or read only, leaves
 * nothing in the database, so its record may follow it.
 */
export async function runTogether(
  work: Work,
  migration: RunnableMigration,
  step: Step,
  journal: Journal,
): Promise<Progress> {
  const after = journalAt(migration, step.first + step.statements.length, journal)
  const record = `${keepSession(journal.session)}\n${AS_OURSELVES}\n${journalSql(work, migration, after)}`
  const layout = layOut(migration, step, record)
  const lockMs = watchedLockTimeout(work, [migration])
  const copies = copiesOf(migration, step.statements)
  const tries = { count: 1 }
  for (;;) {
    const answer = await send(work, layout.sent, { copies, lockMs, keepColumn: SESSION_COLUMN })
    if (!answer.reply.error) {
      const session = step.kind === 'own-after' ? undefined : readSession(answer.reply)
      return { ...(await settle(work, migration, after, journal, session)), attempts: tries.count }
    }
    await rollBack(work, answer.reply)
    const failure = locate(answer, migration, layout)
    if (isEnded(answer.reply, layout))
      return { journal: cutOff(migration, step, journal), failure, attempts: tries.count }
    if (!(await waitToRetry(work, migration, failure, tries)))
      return { journal, failure, attempts: tries.count }
  }
}

/** Looks again, outside of the transaction, where the session is set otherwise than before: `SET LOCAL` ends with it. */
async function settle(
  work: Work,
  migration: RunnableMigration,
  after: Journal,
  { session: before }: Journal,
  session: Journal['session'],
): Promise<Progress> {
  if (!session) return keepProgress(work, migration, after)
  const isSame = before !== undefined && JSON.stringify(session) === JSON.stringify(before)
  return isSame
    ? { journal: { ...after, session } }
    : keepProgress(work, migration, { ...after, session, unsettled: true })
}

/** In no transaction any more, although what was to end it was not reached: what was done until then may be there. */
function isEnded({ state, completed }: Reply, { commitsAt }: Placed): boolean {
  return state === 'I' && completed > 0 && completed !== commitsAt
}

/** As a statement that was cut off and that the catalog shows nothing of: it is not run again. */
function cutOff(migration: RunnableMigration, { statements }: Step, journal: Journal): Journal {
  const [first] = statements
  if (!first) return journal
  const started = { digest: digestStatement(migration, first), state: 'running', before: [] } as const
  return { ...journal, started }
}

/** A failure at its place, with who held the lock that was not to be had. */
export function locate(
  { reply, blockers }: Watched,
  migration: RunnableMigration,
  layout: MessageLayout,
): Failure {
  const failure = { ...locateFailure(reply, migration, layout), ...(reply.error && endedAt(reply.error)) }
  return blockers.length > 0 ? { ...failure, blockers } : failure
}

type Placed = MessageLayout & Pick<Frame, 'commitsAt'>

function layOut(migration: RunnableMigration, step: Step, record: string): Placed {
  const { before, text, after, count, commitsAt } = frame(migration, step, record)
  const { sql, shifts } = fillIn(text, step.start, migration)
  return {
    sent: before + sql + after,
    bodyStart: before.length,
    fileStart: step.start,
    length: sql.length,
    shifts,
    statementsBefore: before ? 1 : 0,
    firstStatement: step.first,
    statementCount: count,
    commitsAt,
  }
}

interface Frame {
  readonly before: string
  readonly text: string
  readonly after: string
  /** Statements in the text. */
  readonly count: number
  /** How many statements of the message stand before the one that ends its transaction. */
  readonly commitsAt: number
}

function frame({ text }: RunnableMigration, step: Step, record: string): Frame {
  const { statements, start, end, kind } = step
  const count = statements.length
  if (kind === 'own-after' && statements.at(-1)?.control !== 'commit')
    return { before: '', text: text.slice(start, end), after: '\n;', count, commitsAt: count - 1 }
  if (kind === 'own-after') return ownFrame(text, step, `\n;\n${WROTE_NOTHING}\n`)
  // Deferred constraints are checked where their error still has a file.
  const close = `\n;\n${FIRE_ALL}\n${record}\n`
  // Its first semicolon ends a statement of the file.
  const closing = countStatements(close) - 1
  if (kind === 'transaction') {
    const frame = { before: 'BEGIN READ WRITE;\n', text: text.slice(start, end), after: `${close}COMMIT;` }
    return { ...frame, count, commitsAt: 1 + count + closing }
  }
  return ownFrame(text, step, close)
}

/** A transaction of the file's own, with something of ours before its COMMIT. */
function ownFrame(text: string, { statements, start, end }: Step, close: string): Frame {
  const count = statements.length - 1
  const commit = statements.at(-1)?.span ?? { start: end, end }
  return {
    before: '',
    text: text.slice(start, statements.at(-2)?.span.end ?? commit.start),
    after: `${close}${text.slice(commit.start, commit.end)};`,
    count,
    // Its first semicolon ends a statement of the file.
    commitsAt: count + countStatements(close) - 1,
  }
}

/**
 * PostgreSQL 15 lets a transaction that is read only write large objects, which would be done again after a loss. What it
 * lets others write beside that (temporary tables, statistics) is refused there too.
 */
const WROTE_NOTHING = `SELECT CASE WHEN pg_catalog.pg_current_xact_id_if_assigned() IS NOT NULL
    AND pg_catalog.current_setting('server_version_num') OPERATOR(pg_catalog.<) '160000'
  THEN ${raising('DF011', 'a transaction of the file that is read only has written something, and can hold no record of it: begin it without READ ONLY')} END;`
