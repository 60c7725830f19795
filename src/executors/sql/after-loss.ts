import type { AppliedRecord } from '../../model/history.js'
import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { SessionLimit } from '../../model/session.js'
import { byVersion, versionKey } from '../../model/version.js'
import { parseJournal } from '../../sql/journal-text.js'
import { explainLimit } from '../../sql/session-limit.js'
import type { Line } from '../executor.js'
import type { Group } from './choose-group.js'
import { beforeFirst, type Course, enter, notRun, triesOf } from './course.js'
import { giveUp } from './give-up.js'
import { limitOf } from './is-loss.js'
import { endedByItself } from './read-part.js'

/** How many connections may be lost in a row before a migration that does not get done is given up. */
const LOSSES = 3

/**
 * Connects again and reads what really happened, under the lock: what is completed is done, what has no row, or one of
 * an earlier failure, left nothing and is sent again.
 *
 * @param group what was sent and is not known to be applied
 * @param ahead how many of them were through, in the transaction that they share, when it was lost
 * @returns whether there is a way on
 */
export async function afterLoss(course: Course, group: Group, failure: Failure, ahead = 0): Promise<boolean> {
  return (await goOnAfter(course, failure, ahead)) ?? leaveUnknown(course, group.migrations, failure)
}

/** The same. @returns undefined where it can't be read what happened */
export async function goOnAfter(course: Course, failure: Failure, ahead = 0): Promise<boolean | undefined> {
  const { work } = course
  await work.session[Symbol.asyncDispose]()
  const line = await work.reconnect(failure.message)
  if (!line) return undefined
  takeBack(course, line)
  // Another run may have had the lock, and done more than was sent.
  const count = goOnWith(course, line, work.migrations.slice(course.next))
  // A file can say of itself that it is committed, and a crash can take it: only what history shows counts.
  const losses = course.next > course.confirmed ? 1 : course.losses + 1
  course.losses = count > 0 ? 0 : losses
  course.confirmed = course.next
  return whatIsNext(course, failure, Math.max(0, ahead - count))
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
  await work.session[Symbol.asyncDispose]()
  const line = await work.reconnect(failure.message)
  if (!line) return leaveUnknown(course, work.migrations.slice(next, next + ahead + 1), failure)
  const count = goOnWith(course, line, work.migrations.slice(next, next + ahead))
  // Committed as `running`, it is the one that did.
  const isNext = recordOf(course.work.records, work.migrations[course.next])?.status === 'running'
  return giveUp(course, { failure, state: 'partial', ahead: isNext ? 0 : ahead - count })
}

/** A server that crashed has lost what was committed and not on its disk, each file with its record: that is sent again. */
function takeBack(course: Course, { records }: Line): void {
  const { work, next, outcomes } = course
  const seen = byVersion(records)
  const first = work.migrations.slice(0, next).findIndex((migration) => !isCompleted(seen, migration))
  if (first === -1) return
  outcomes.splice(first, next - first, ...work.migrations.slice(first, next).map(notRun))
  course.next = first
  work.observe({ kind: 'taken-back', index: first + 1, count: next - first })
}

/** Enters what history shows to be applied. @returns how many */
function goOnWith(course: Course, line: Line, left: readonly RunnableMigration[]): number {
  course.work = { ...course.work, ...line }
  course.waits = true
  Object.assign(course, beforeFirst(line))
  const records = byVersion(line.records)
  const done = left.findIndex((migration) => !isCompleted(records, migration))
  const count = done === -1 ? left.length : done
  for (let index = 0; index < count; index++)
    enter(course, course.next + index, { state: 'applied', durationMs: spent(course, left[index]) })
  course.next += count
  return count
}

async function whatIsNext(course: Course, failure: Failure, ahead: number): Promise<boolean> {
  const migration = course.work.migrations[course.next]
  if (!migration) return true
  // `running` is committed before the first statement outside a transaction, and by a file that ends its transaction.
  const { status, journal } = recordOf(course.work.records, migration) ?? {}
  if (status === 'running' && migration.mode === 'transaction')
    return giveUp(course, { failure: endedByItself, state: 'partial' })
  const limit = limitOf(failure)
  if (!limit && course.losses < LOSSES) return true
  const { done = 0, started } = parseJournal(journal ?? '') ?? {}
  return giveUp(course, {
    failure: limit
      ? atLimit(course, failure, limit, ahead)
      : { ...failure, message: `${failure.message} (${LOSSES} times)` },
    state: done > 0 || started ? 'partial' : 'failed',
    ahead,
  })
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
  const told = limitOf(failure) ? { ...failure, code: 'connection-lost' } : failure
  for (const [index, migration] of left.entries())
    enter(course, course.next + index, {
      state: 'unknown',
      failure: told,
      durationMs: spent(course, migration),
    })
  return false
}

function isCompleted(records: ReadonlyMap<string, AppliedRecord>, { file }: RunnableMigration): boolean {
  const record = records.get(versionKey(file.version))
  return record?.status === 'completed' && record.checksum === file.checksum
}

function recordOf(
  records: readonly AppliedRecord[],
  migration: RunnableMigration | undefined,
): AppliedRecord | undefined {
  const key = migration && versionKey(migration.file.version)
  return records.find(({ version }) => versionKey(version) === key)
}

function spent(course: Course, migration: RunnableMigration | undefined): number {
  return migration ? Date.now() - triesOf(course, migration).begunAt : 0
}
