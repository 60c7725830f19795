import type { AppliedRecord } from '../../model/history.js'
import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import { versionKey } from '../../model/version.js'
import { CHECK_FAILED } from '../../sql/raise.js'
import type { Group } from './choose-group.js'
import { beforeFirst, type Course, enter, triesOf } from './course.js'
import { giveUp } from './give-up.js'

/** How many connections may be lost in a row before a migration that does not get done is given up. */
const LOSSES = 3

/**
 * Connects again and reads what really happened, under the lock: what is completed is done, what has no row, or one of
 * an earlier failure, left nothing and is sent again.
 *
 * @returns whether there is a way on
 */
export async function afterLoss(course: Course, group: Group, failure: Failure): Promise<boolean> {
  const { work } = course
  await work.session[Symbol.asyncDispose]()
  const line = await work.reconnect(failure.message)
  const left = work.migrations.slice(course.next, course.next + group.migrations.length)
  if (!line) return leaveUnknown(course, left, failure)
  course.work = { ...work, ...line }
  Object.assign(course, beforeFirst(line))
  const done = left.findIndex((migration) => !isCompleted(line.records, migration))
  const count = done === -1 ? left.length : done
  for (let index = 0; index < count; index++)
    enter(course, course.next + index, { state: 'applied', durationMs: spent(course, left[index]) })
  course.next += count
  course.losses = count > 0 ? 0 : course.losses + 1
  return whatIsNext(course, failure)
}

async function whatIsNext(course: Course, failure: Failure): Promise<boolean> {
  const migration = course.work.migrations[course.next]
  if (!migration) return true
  // `running` is committed before the first statement outside a transaction, and by a file that ends its transaction.
  const { status, statementsDone } = recordOf(course.work.records, migration) ?? {}
  const running = status === 'running'
  if (running && migration.mode === 'transaction')
    return giveUp(course, { failure: endedByItself, state: 'partial' })
  if (course.losses < LOSSES) return true
  return giveUp(course, {
    failure: { ...failure, message: `${failure.message} (${LOSSES} times)` },
    state: running && statementsDone ? 'partial' : 'failed',
  })
}

const endedByItself: Failure = {
  code: CHECK_FAILED.record,
  message: 'the file ended the transaction that holds it and its record: what it did until then is kept',
}

/** The server may have gone on with all that it had received. */
function leaveUnknown(course: Course, left: readonly RunnableMigration[], failure: Failure): false {
  for (const [index, migration] of left.entries())
    enter(course, course.next + index, { state: 'unknown', failure, durationMs: spent(course, migration) })
  return false
}

function isCompleted(records: readonly AppliedRecord[], migration: RunnableMigration): boolean {
  const record = recordOf(records, migration)
  return record?.status === 'completed' && record.checksum === migration.file.checksum
}

function recordOf(records: readonly AppliedRecord[], { file }: RunnableMigration): AppliedRecord | undefined {
  return records.find(({ version }) => versionKey(version) === versionKey(file.version))
}

function spent(course: Course, migration: RunnableMigration | undefined): number {
  return migration ? Date.now() - triesOf(course, migration).since : 0
}
