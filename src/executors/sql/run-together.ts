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
import { AS_OURSELVES } from '../../sql/session-reset.js'
import type { Step } from '../../sql/split-steps.js'
import type { Work } from '../executor.js'
import { journalSql, keepJournal, type Progress } from './keep-journal.js'
import { rollBack } from './record.js'
import { send } from './send.js'
import { waitToRetry } from './wait-to-retry.js'
import { watchedLockTimeout } from './watched-lock-timeout.js'

/**
 * Sends statements in one transaction with the record of them, again while they only fail to get a lock: what failed is
 * rolled back. A transaction of the file's own that can hold no record has no effect that lasts either, so its record
 * may follow it.
 */
export async function runTogether(
  work: Work,
  migration: RunnableMigration,
  step: Step,
  journal: Journal,
): Promise<Progress> {
  const after = journalAt(migration, step.first + step.statements.length, journal)
  const layout = layOut(migration, step, journalSql(work, migration, after))
  const lockMs = watchedLockTimeout(work, [migration])
  const copies = copiesOf(migration, step.statements)
  const tries = { count: 1 }
  for (;;) {
    const answer = await send(work, layout.sent, { copies, lockMs })
    if (!answer.reply.error) {
      const failure = step.kind === 'own-after' ? await keepJournal(work, migration, after) : undefined
      return { journal: after, attempts: tries.count, ...(failure ? { failure } : {}) }
    }
    await rollBack(work, answer.reply)
    const failure = locate(answer, migration, layout)
    if (isEnded(answer.reply, layout))
      return { journal: cutOff(migration, step, journal), failure, attempts: tries.count }
    if (!(await waitToRetry(work, migration, failure, tries)))
      return { journal, failure, attempts: tries.count }
  }
}

/** In no transaction any more, although what was to end it was not reached: what was done until then may be there. */
function isEnded({ state, completed }: Reply, { commitsAt }: Placed): boolean {
  return state === 'I' && completed > 0 && completed !== commitsAt
}

/** As a statement that was cut off and that the catalog shows nothing of: it is not run again. */
function cutOff(migration: RunnableMigration, { statements }: Step, { done, digest }: Journal): Journal {
  const [first] = statements
  if (!first) return { done, digest }
  const started = { digest: digestStatement(migration, first), state: 'running', before: [] } as const
  return { done, digest, started }
}

/** A failure at its place, with who held the lock that was not to be had. */
export function locate(
  { reply, blockers }: Watched,
  migration: RunnableMigration,
  layout: MessageLayout,
): Failure {
  const failure = locateFailure(reply, migration, layout)
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
  if (kind === 'own-after')
    return { before: '', text: text.slice(start, end), after: '\n;', count, commitsAt: count - 1 }
  // Deferred constraints are checked where their error still has a file.
  const close = `\n;\n${FIRE_ALL}\n${AS_OURSELVES}\n${record}\n`
  // Its first semicolon ends a statement of the file.
  const closing = countStatements(close) - 1
  if (kind === 'transaction') {
    const frame = { before: 'BEGIN READ WRITE;\n', text: text.slice(start, end), after: `${close}COMMIT;` }
    return { ...frame, count, commitsAt: 1 + count + closing }
  }
  const commit = statements.at(-1)?.span ?? { start: end, end }
  const untilCommit = text.slice(start, statements.at(-2)?.span.end ?? commit.start)
  return {
    before: '',
    text: untilCommit,
    after: `${close}${text.slice(commit.start, commit.end)};`,
    count: count - 1,
    commitsAt: count - 1 + closing,
  }
}
