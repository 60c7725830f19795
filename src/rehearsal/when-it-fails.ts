import { ConnectionError } from '../model/connection-error.js'
import type { Failure } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import type { Reply, ServerError } from '../model/session.js'
import { UserError } from '../model/user-error.js'
import { helpWithTables } from '../sql/help-with-tables.js'
import { explainLimit, explainOwnLimit } from '../sql/session-limit.js'
import { type Course, enter } from './course.js'
import { explainAway } from './explain-away.js'
import { makeFrame } from './frame.js'
import type { Passed } from './pass-by.js'
import { refersToNewOnly } from './refers-to-new.js'

/**
 * Enters the failure of the next migration, or why it says nothing about it; and takes the transaction back to where
 * the one before was through.
 *
 * @param sent the migration without what was left out
 * @param readsRows what failed may have read some
 * @returns whether there is a way on
 */
export async function failed(
  course: Course,
  sent: RunnableMigration,
  located: Failure,
  { reply, blockers, spentMs }: Passed,
  readsRows = true,
): Promise<boolean> {
  const { rehearsal, past, next } = course
  const migration = rehearsal.migrations[next] ?? sent
  const failure = {
    ...inWholeFile(located, sent, migration),
    ...(blockers.length > 0 ? { blockers } : {}),
  }
  const how = {
    ...rehearsal,
    lacksRows: readsRows && rehearsal.lacksRows === true,
    spentMs,
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
  if (course.opened) await rehearsal.session.send(makeFrame(rehearsal).back(reply.state))
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
  const { lossIsFailure } = course.rehearsal
  const message = `the connection was lost in the rehearsal: ${error?.message}`
  if (!error?.limit && !lossIsFailure)
    throw new ConnectionError({ message: `${message}.`, help: 'Run again.' }, 'cut')
  for (const durationMs of durations) enter(course, { state: 'rehearsed' }, durationMs)
  const failure = (error && endedAtLimit(course, error)) ?? { code: 'connection-lost', message }
  enter(course, { state: 'failed', failure })
  course.opened = false
  return false
}

/** A limit that is set would end another connection in the same way. */
function endedAtLimit({ rehearsal, next }: Course, { limit, message }: ServerError): Failure | undefined {
  if (!limit) return undefined
  const { timeouts, migrations } = rehearsal
  const file = migrations[next]?.file.directives.timeouts
  return { code: limit, message, hint: explainLimit(limit, { run: timeouts, file }) }
}

/** The rehearsal needs them as applying does. A limit that is set would end another connection in the same way. */
export function noTables({ error }: Reply, { timeouts }: Pick<Course['rehearsal'], 'timeouts'>): UserError {
  const { limit, code } = error ?? {}
  const problem = {
    message: `The tracking tables can not be created or upgraded, not even for a rehearsal: ${error?.message}.`,
    help: limit ? explainOwnLimit(limit, timeouts) : helpWithTables(code),
  }
  return limit ? new ConnectionError(problem, 'limit') : new UserError([problem])
}
