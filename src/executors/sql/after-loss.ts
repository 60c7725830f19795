import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { SessionLimit } from '../../model/session.js'
import { parseJournal } from '../../sql/journal-text.js'
import { explainLimit } from '../../sql/session-limit.js'
import type { Group } from './choose-group.js'
import { type Again, beganSince, connectAgain, recordOf, spent } from './connect-again.js'
import { type Course, enter } from './course.js'
import { giveUp } from './give-up.js'
import { asLoss, limitOf } from './is-loss.js'
import { endedByItself } from './read-part.js'
import { failedByItself, isSameEnd, type OwnEnd, ownEnd } from './same-end.js'

/** How many connections may be lost in a row before a migration that does not get done is given up. */
const LOSSES = 3

/** A connection that was lost. */
export interface Loss {
  readonly failure: Failure
  /** The migration that was at work. Absent between two of them: then there is nobody to blame. */
  readonly at?: RunnableMigration | undefined
  /** How many stand before it in the transaction that they share. Default: none. */
  readonly ahead?: number
  /** What was sent for it was something of ours. */
  readonly isOurs?: true
}

/**
 * Connects again and reads what really happened, under the lock: what is completed is done, what has no row, or one of
 * an earlier failure, left nothing and is sent again.
 *
 * @param group what was sent and is not known to be applied
 * @returns whether there is a way on
 */
export async function afterLoss(course: Course, group: Group, loss: Loss): Promise<boolean> {
  return (await goOnAfter(course, loss)) ?? leaveUnknown(course, group.migrations, loss.failure)
}

/** The same. @returns undefined where it can't be read what happened */
export async function goOnAfter(course: Course, loss: Loss): Promise<boolean | undefined> {
  const { failure, at, isOurs } = loss
  const { life } = course.work
  const lost = at && !isOurs ? { migration: at, failure, spentMs: spent(course, at) } : undefined
  const again = await connectAgain(course, failure.message)
  if (!again) return undefined
  // History was read: of none of them it is open any more what became of it.
  course.work.sent?.(course.next, 0)
  const end = ownEnd(lost, life, again.line.life)
  const isNext = isStillNext(course, loss)
  countLosses(course, again, isNext)
  const before = course.ended
  course.ended = end
  // What a crash took is to be sent again before it, and another run may have done it.
  return isSameEnd(before, end) && isNext
    ? endItself(course, loss, end)
    : whatIsNext(course, loss, again, isNext)
}

function isStillNext({ work, next }: Course, { at, ahead = 0 }: Loss): boolean {
  return at !== undefined && work.migrations[next + ahead] === at
}

/** What a crash took has not been tried since; but a server whose commits never wait may crash each time. */
function countLosses(course: Course, { count, isTakenBack }: Again, isNext: boolean): void {
  const isAnew = count > 0 || (isTakenBack && !isNext && ++course.takenBack <= LOSSES)
  // A file can say of itself that it is committed, and a crash can take it: only what history shows counts.
  const losses = course.next > course.confirmed ? 1 : course.losses + 1
  course.losses = isAnew ? 0 : losses
  course.confirmed = course.next
}

/**
 * Reads what is kept of files whose transaction was ended by one of them. That one is not tried again: what it did may be
 * there.
 *
 * @returns false: nothing follows
 */
export async function afterEnd(
  course: Course,
  { failure, ahead }: { readonly failure: Failure; readonly ahead: number },
): Promise<boolean> {
  if (ahead === 0) return giveUp(course, { failure, state: 'partial' })
  const { work, next } = course
  const again = await connectAgain(course, failure.message)
  if (!again) return leaveUnknown(course, work.migrations.slice(next, next + ahead + 1), failure)
  // Committed as `running`, it is the one that did.
  const isNext = beganSince(again, work.migrations[course.next])
  return giveUp(course, {
    failure,
    state: 'partial',
    ahead: isNext ? 0 : Math.max(0, next + ahead - course.next),
  })
}

async function whatIsNext(course: Course, loss: Loss, again: Again, isNext: boolean): Promise<boolean> {
  const migration = course.work.migrations[course.next]
  if (!migration) return true
  // `running` is committed before the first statement outside a transaction, and by a file that ends its transaction.
  if (migration.mode === 'transaction' && beganSince(again, migration))
    return giveUp(course, { failure: endedByItself, state: 'partial' })
  const { failure } = loss
  const { signal, records } = course.work
  const limit = isNext ? limitOf(failure) : undefined
  if (signal.aborted && (!isNext || beganSince(again, migration))) return leaveOff(course, failure, isNext)
  if (!limit && !signal.aborted && course.losses < LOSSES) return true
  const ahead = isNext ? (loss.ahead ?? 0) : 0
  const told = limit ? atLimit(course, failure, limit, ahead) : ofLoss(failure, signal.aborted ? 1 : LOSSES)
  const { journal } = recordOf(records, migration) ?? {}
  return giveUp(course, { failure: told, state: leftIn(journal), ahead })
}

/** A run that is asked to end leaves it to the next one to look at what was begun outside a transaction. */
function leaveOff(course: Course, failure: Failure, isNext: boolean): false {
  const { work, next } = course
  return isNext ? leaveUnknown(course, work.migrations.slice(next, next + 1), failure) : false
}

function ofLoss(failure: Failure, times: number): Failure {
  const message = times > 1 ? `${failure.message} (${times} times)` : failure.message
  return { ...asLoss(failure), message }
}

/** Not a third time: what the file does to its session, or to the server, it would do once more. */
function endItself(course: Course, { failure, ahead = 0 }: Loss, end: OwnEnd): Promise<boolean> {
  const { journal } = recordOf(course.work.records, end.migration) ?? {}
  return giveUp(course, { failure: failedByItself(failure, end), state: leftIn(journal), ahead })
}

function leftIn(journal: string | null | undefined): 'partial' | 'failed' {
  const { done = 0, started } = parseJournal(journal ?? '') ?? {}
  return done > 0 || started ? 'partial' : 'failed'
}

/** What ran into a limit would do so again, with its locks held until then. */
function atLimit(course: Course, failure: Failure, limit: SessionLimit, ahead: number): Failure {
  const { work, next } = course
  const file = work.migrations[next + ahead]?.file.directives.timeouts
  // The transaction began with the first of the files that share it.
  const spentMs = spent(course, work.migrations[next])
  return { ...failure, code: limit, hint: explainLimit(limit, { run: work.timeouts, file, spentMs }) }
}

/** The server may have gone on with all that it had received. */
function leaveUnknown(course: Course, left: readonly RunnableMigration[], failure: Failure): false {
  const told = asLoss(failure)
  for (const [index, migration] of left.entries())
    enter(course, course.next + index, {
      state: 'unknown',
      failure: told,
      durationMs: spent(course, migration),
    })
  return false
}
