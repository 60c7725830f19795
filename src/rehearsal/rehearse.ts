import { randomUUID } from 'node:crypto'
import { ConnectionError } from '../model/connection-error.js'
import type { Failure, RehearsalState, Rehearsed } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import type { Reply } from '../model/session.js'
import { UserError } from '../model/user-error.js'
import { locateFailure } from '../sql/locate-failure.js'
import { offsetFromCodePoints } from '../sql/position.js'
import { RESET_SESSION } from '../sql/session-reset.js'
import { BUDGET } from './budget.js'
import { composeRehearsal, openRehearsal, type RehearsalMessage } from './compose-rehearsal.js'
import { explainAway } from './explain-away.js'
import { followMarks } from './follow-marks.js'
import type { Past } from './past.js'
import type { Rehearsal } from './rehearsal.js'
import { withoutOutside } from './without-outside.js'

/**
 * Executes the pending migrations on the target in one transaction and rolls it back; many files go in one message.
 * Takes the locks the migrations take, within {@link BUDGET}. Sends no transaction control of a file. Returns one result
 * for each, and stops at the first that fails.
 *
 * @throws ConnectionError when the connection is lost: nothing was applied, so all of it can be done again
 */
export async function rehearse(rehearsal: Rehearsal): Promise<Rehearsed[]> {
  const course: Course = {
    rehearsal,
    results: rehearsal.migrations.map((migration) => resultOf(migration, { state: 'not-run' })),
    past: { leftOut: [], notRun: [] },
    next: 0,
    opened: false,
    alone: new Set(),
  }
  while (course.next < rehearsal.migrations.length && !rehearsal.signal.aborted) {
    if (skip(course)) continue
    if (!(await rehearseGroup(course, chooseGroup(course)))) break
  }
  if (course.opened) await rehearsal.session.send(`ROLLBACK;\n${RESET_SESSION}\n${rehearsal.settings}`)
  return course.results
}

/** A rehearsal on its way. */
interface Course {
  readonly rehearsal: Rehearsal
  readonly results: Rehearsed[]
  readonly past: Past
  next: number
  /** The transaction is open. */
  opened: boolean
  /** Those that are not sent together with others: the server could not read a message that held them. */
  readonly alone: Set<RunnableMigration>
}

type Shown = Pick<Rehearsed, 'state' | 'reason' | 'failure'>

function resultOf(migration: RunnableMigration, shown: Shown, durationMs = 0): Rehearsed {
  const { version, name, path } = migration.file
  return { version, name, path, durationMs, ...shown }
}

function enter(course: Course, shown: Shown, durationMs = 0): void {
  const { rehearsal, results, next } = course
  const migration = rehearsal.migrations[next]
  if (!migration) return
  const rehearsed = resultOf(migration, shown, durationMs)
  results[next] = rehearsed
  course.next++
  rehearsal.observe({ kind: 'rehearsed', rehearsed, index: next + 1, count: results.length })
}

/** @returns whether the next migration is one of which nothing can be rehearsed */
function skip(course: Course): boolean {
  const { rehearsal, past, next } = course
  const migration = rehearsal.migrations[next]
  if (!migration) return false
  const reason = whyNot(migration)
  if (reason === undefined) return false
  ;(migration.statements ? past.leftOut : past.notRun).push(migration)
  enter(course, { state: 'not-rehearsable', reason })
  return true
}

function whyNot(migration: RunnableMigration): string | undefined {
  if (!migration.statements) return `it could not be analysed: ${migration.unreadable}`
  const { statements } = migration
  if (statements.length === 0 || statements.some(({ outside, done }) => !outside && !done)) return undefined
  const left = leftOutOf(migration)
  return left.length > 0 ? `${listOnce(left)} can not run in a transaction` : 'all of it is done already'
}

function leftOutOf({ statements = [] }: RunnableMigration): string[] {
  return statements.flatMap(({ outside, done }) => (done ? [] : (outside ?? [])))
}

function listOnce(words: readonly string[]): string {
  return [...new Set(words)].join(', ')
}

/** Up to here in one message, in bytes of SQL. */
const MESSAGE_BYTES = 8 * 1024 * 1024

function chooseGroup({ rehearsal, next, alone }: Course): readonly RunnableMigration[] {
  const left = rehearsal.migrations.slice(next)
  let bytes = 0
  const end = left.findIndex((migration, index) => {
    bytes += Buffer.byteLength(migration.text)
    const own = alone.has(migration) || whyNot(migration) !== undefined
    const full = bytes > MESSAGE_BYTES || alone.has(left[0] ?? migration)
    return index > 0 && (own || full)
  })
  return end === -1 ? left : left.slice(0, end)
}

/** @returns whether there is a way on */
async function rehearseGroup(course: Course, group: readonly RunnableMigration[]): Promise<boolean> {
  const { rehearsal } = course
  const token = randomUUID()
  const progress = followMarks(rehearsal, group, course.next, token)
  const message = composeRehearsal(
    rehearsal,
    group.map(withoutOutside),
    course.opened ? '' : openRehearsal(rehearsal),
    (index) => `${token} ${index}`,
  )
  const sending = rehearsal.session.send(message.sent, {
    keepRows: false,
    copies: message.copies,
    onMark: progress.onMark,
  })
  const { reply, blockers } = await rehearsal.watch.during(rehearsal.backend, BUDGET.lockMs, sending)
  if (reply.state === 'lost') return loseConnection(course, reply, progress.durations)
  if (reply.completed >= message.prologue) course.opened = true
  const through = reply.error
    ? message.blocks.filter((block) => block.throughAt <= reply.completed).length
    : group.length
  for (const [index, migration] of group.slice(0, through).entries()) {
    if (leftOutOf(migration).length > 0) course.past.leftOut.push(migration)
    enter(course, passed(leftOutOf(migration)), progress.durations[index])
  }
  if (!reply.error) return true
  if (reply.completed === 0 && group.length > 1) return separate(course, group, message, reply)
  if (reply.completed < message.prologue && reply.completed > 0) throw noTables(reply)
  return failed(course, message, through, { reply, blockers })
}

function passed(left: readonly string[]): Shown {
  if (left.length === 0) return { state: 'rehearsed' }
  const reason = `${listOnce(left)} can not run in a transaction and was left out`
  return { state: 'partly-rehearsed' satisfies RehearsalState, reason }
}

/** The server could read none of the message: the file to blame goes alone, or each where that is not known. */
async function separate(
  course: Course,
  group: readonly RunnableMigration[],
  { sent, blocks }: RehearsalMessage,
  { error, state }: Reply,
): Promise<boolean> {
  const position = error?.characterPosition
  const offset = position === undefined ? undefined : offsetFromCodePoints(sent, position - 1)
  const culprit =
    offset === undefined
      ? -1
      : blocks.findIndex(({ layout }) => offset < layout.bodyStart + layout.length + 3)
  for (const migration of culprit === -1 ? group : group.slice(culprit, culprit + 1))
    course.alone.add(migration)
  if (state === 'E') await course.rehearsal.session.send('ROLLBACK TO SAVEPOINT devflow_rehearsal;')
  return true
}

async function failed(
  course: Course,
  { blocks }: RehearsalMessage,
  through: number,
  { reply, blockers }: { reply: Reply; blockers: Failure['blockers'] },
): Promise<boolean> {
  const { rehearsal, past, next } = course
  const migration = rehearsal.migrations[next]
  const block = blocks[through]
  if (!migration || !block) return false
  const located = locateFailure(reply, block.migration, block.layout)
  const failure = {
    ...inWholeFile(located, block.migration, migration),
    ...(blockers?.length ? { blockers } : {}),
  }
  const excuse = rehearsal.signal.aborted ? undefined : explainAway(failure, migration, past)
  if (!excuse) {
    enter(course, { state: 'failed', failure })
    return false
  }
  past.notRun.push(migration)
  enter(course, { state: 'not-rehearsable', reason: excuse.reason })
  if (course.opened) await rehearsal.session.send('ROLLBACK TO SAVEPOINT devflow_rehearsal;')
  return !excuse.stop
}

/** Counts the failing statement among all of its file, not among those that were sent. */
function inWholeFile(failure: Failure, sent: RunnableMigration, whole: RunnableMigration): Failure {
  const failing = sent.statements?.[(failure.statement ?? 0) - 1]
  return failing ? { ...failure, statement: (whole.statements ?? []).indexOf(failing) + 1 } : failure
}

/** The file at work is the one after the last that set its mark. */
function loseConnection(course: Course, { error }: Reply, durations: readonly number[]): false {
  const message = `the connection was lost in the rehearsal: ${error?.message}`
  if (!course.rehearsal.lossIsFailure)
    throw new ConnectionError({ message: `${message}.`, help: 'Run again.' }, true)
  for (const durationMs of durations) enter(course, { state: 'rehearsed' }, durationMs)
  enter(course, { state: 'failed', failure: { code: 'connection-lost', message } })
  course.opened = false
  return false
}

function noTables({ error }: Reply): UserError {
  return new UserError([
    {
      message: `The tracking tables can not be created or upgraded, not even for a rehearsal: ${error?.message}.`,
      help: 'Use a role that may create the schema and owns the tables, or name another schema as database.migrations.tracking_schema.',
    },
  ])
}
