import type { AppliedRecord } from '../../model/history.js'
import type { RunnableMigration } from '../../model/plan.js'
import { byVersion, versionKey } from '../../model/version.js'
import type { Line } from '../executor.js'
import { beforeFirst, type Course, enter, notRun, triesOf } from './course.js'

/** What another connection showed. */
export interface Again {
  readonly line: Line
  /** The records as they were read before the last messages were sent. */
  readonly before: readonly AppliedRecord[]
  /** How many are done that were not known to be. */
  readonly count: number
  /** A crash of the server has taken what was committed: that is to be sent again. */
  readonly isTakenBack: boolean
}

/**
 * The one way to another connection in the middle of a run: whatever was the reason, the server may have crashed, and another run
 * may have had the lock. Undefined where there is none, and nothing can be known.
 */
export async function connectAgain(course: Course, reason: string): Promise<Again | undefined> {
  const { work } = course
  await work.session[Symbol.asyncDispose]()
  const line = await work.reconnect(reason)
  if (!line) return undefined
  const isTakenBack = takeBack(course, line)
  // Another run may have had the lock, and done more than was sent.
  const count = goOnWith(course, line, work.migrations.slice(course.next))
  return { line, before: work.records, count, isTakenBack }
}

/** A server that crashed has lost what was committed and not on its disk, each file with its record: that is sent again. */
function takeBack(course: Course, { records }: Line): boolean {
  const { work, next, outcomes } = course
  const seen = byVersion(records)
  const first = work.migrations.slice(0, next).findIndex((migration) => !isCompleted(seen, migration))
  if (first === -1) return false
  outcomes.splice(first, next - first, ...work.migrations.slice(first, next).map(notRun))
  course.next = first
  work.observe({ kind: 'taken-back', index: first + 1, count: next - first })
  return true
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

function isCompleted(records: ReadonlyMap<string, AppliedRecord>, { file }: RunnableMigration): boolean {
  const record = records.get(versionKey(file.version))
  return record?.status === 'completed' && record.checksum === file.checksum
}

/** How long a migration has been under way. Milliseconds. */
export function spent(course: Course, migration: RunnableMigration | undefined): number {
  return migration ? Date.now() - triesOf(course, migration).begunAt : 0
}

export function recordOf(
  records: readonly AppliedRecord[],
  migration: RunnableMigration | undefined,
): AppliedRecord | undefined {
  const key = migration && versionKey(migration.file.version)
  return records.find(({ version }) => versionKey(version) === key)
}

/** A row `running` that was written since: one that an earlier run left says nothing of this one. */
export function beganSince({ before, line }: Again, migration: RunnableMigration | undefined): boolean {
  const [was, is] = [recordOf(before, migration), recordOf(line.records, migration)]
  return is?.status === 'running' && isAnew(was, is)
}

/** Whether a row was written since it was read before. */
export function isAnew(was: AppliedRecord | undefined, is: AppliedRecord): boolean {
  return was?.status !== is.status || was.appliedAt !== is.appliedAt
}
