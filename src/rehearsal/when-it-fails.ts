import { ConnectionError } from '../model/connection-error.js'
import type { Failure } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import type { Reply } from '../model/session.js'
import { UserError } from '../model/user-error.js'
import type { OtherSession } from '../model/watch.js'
import { type Course, enter } from './course.js'
import { explainAway } from './explain-away.js'
import { makeFrame } from './frame.js'
import { refersToNewOnly } from './refers-to-new.js'

/**
 * Enters the failure of the next migration, or why it says nothing about it; and takes the transaction back to where
 * the one before was through.
 *
 * @param sent the migration without what was left out
 * @param state the session's
 * @returns whether there is a way on
 */
export async function failed(
  course: Course,
  sent: RunnableMigration,
  located: Failure,
  blockers: readonly OtherSession[],
  state: Reply['state'],
): Promise<boolean> {
  const { rehearsal, past, next } = course
  const migration = rehearsal.migrations[next] ?? sent
  const failure = {
    ...inWholeFile(located, sent, migration),
    ...(blockers.length > 0 ? { blockers } : {}),
  }
  const how = {
    ...rehearsal,
    left: course.left.get(migration) ?? [],
    refersToNewOnly: (message: string) => refersToNew(course, message),
  }
  const excuse = rehearsal.signal.aborted ? undefined : explainAway(failure, migration, past, how)
  if (!excuse) {
    enter(course, { state: 'failed', failure })
    return false
  }
  past.notRun.push(migration)
  enter(course, { state: 'not-rehearsable', reason: rehearsal.redact(excuse.reason) })
  if (course.opened) await rehearsal.session.send(makeFrame(rehearsal).back(state))
  return !excuse.stop
}

/** Only where it is known what was there. */
function refersToNew({ rehearsal, measuring, next }: Course, message: string): boolean {
  const there = measuring.before && [...measuring.before.known.relations.values()].map(({ table }) => table)
  if (!there) return false
  return refersToNewOnly(message, rehearsal.migrations.slice(0, next + 1), (name) => there.includes(name))
}

/** Counts the failing statement among all of its file, not among those that were sent. */
function inWholeFile(failure: Failure, sent: RunnableMigration, whole: RunnableMigration): Failure {
  const failing = sent.statements?.[(failure.statement ?? 0) - 1]
  return failing ? { ...failure, statement: (whole.statements ?? []).indexOf(failing) + 1 } : failure
}

/**
 * Nothing was applied, so all of it can be done again; unless it was lost there before. The file at work is the one
 * after the last that is through.
 *
 * @param durations of those of the message that are through, in milliseconds
 */
export function loseConnection(course: Course, { error }: Reply, durations: readonly number[]): false {
  const message = `the connection was lost in the rehearsal: ${error?.message}`
  if (!course.rehearsal.lossIsFailure)
    throw new ConnectionError({ message: `${message}.`, help: 'Run again.' }, 'cut')
  for (const durationMs of durations) enter(course, { state: 'rehearsed' }, durationMs)
  enter(course, { state: 'failed', failure: { code: 'connection-lost', message } })
  course.opened = false
  return false
}

/** The rehearsal needs them as applying does. */
export function noTables({ error }: Reply): UserError {
  return new UserError([
    {
      message: `The tracking tables can not be created or upgraded, not even for a rehearsal: ${error?.message}.`,
      help: 'Use a role that may create the schema and owns the tables, or name another schema as database.migrations.tracking_schema.',
    },
  ])
}
