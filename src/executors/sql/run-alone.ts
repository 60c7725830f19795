import type { Journal, StartedStatement } from '../../model/journal.js'
import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration, RunnableStatement } from '../../model/plan.js'
import type { Trace } from '../../model/trace.js'
import { copiesOf } from '../../sql/copies-of.js'
import { excerpt } from '../../sql/excerpt.js'
import { fillIn } from '../../sql/fill-in.js'
import { digestStatement, journalAt } from '../../sql/journal-text.js'
import type { MessageLayout } from '../../sql/locate-failure.js'
import { positionOf } from '../../sql/position.js'
import { shownText } from '../../sql/shown-text.js'
import type { Step } from '../../sql/split-steps.js'
import type { Work } from '../executor.js'
import { CANCELLED, cancelledBetween } from './cancelled.js'
import { findInvalidIndex, type InvalidIndex } from './find-invalid-index.js'
import { freshOf, judge, type Verdict } from './judge.js'
import { failureOf, keepJournal, type Progress } from './keep-journal.js'
import { lookUp } from './look-up.js'
import { locate } from './run-together.js'
import { send } from './send.js'
import { type Tries, waitToRetry } from './wait-to-retry.js'
import { waitWithoutLimit } from './wait-without-limit.js'
import { watchedLockTimeout } from './watched-lock-timeout.js'

/**
 * Sends one statement outside a transaction: its beginning is recorded before, with what the catalog holds of what it
 * works on, and its end after. A concurrent build that lost in a deadlock is taken away and tried again.
 */
export async function runAlone(
  work: Work,
  migration: RunnableMigration,
  step: Step,
  journal: Journal,
): Promise<Progress> {
  const [statement] = step.statements
  if (!statement) return { journal }
  const looked = statement.trace ? await lookUp(work, statement.trace) : undefined
  const before = looked?.found ?? []
  const started: StartedStatement = {
    digest: digestStatement(migration, statement),
    state: 'running',
    before,
    ...(statement.trace ? { trace: statement.trace } : {}),
  }
  const running: Journal = { done: journal.done, digest: journal.digest, started }
  const refused = (looked?.reply && failureOf(looked.reply)) ?? (await keepJournal(work, migration, running))
  if (refused) return { journal, failure: refused }
  return runStarted({ work, migration, step, statement, running, before })
}

interface Started {
  readonly work: Work
  readonly migration: RunnableMigration
  readonly step: Step
  readonly statement: RunnableStatement
  readonly running: Journal
  readonly before: readonly string[]
}

async function runStarted(one: Started): Promise<Progress> {
  const { work, migration, step, statement, running, before } = one
  const { trace } = statement
  const waits = statement.outside?.includes('CONCURRENTLY') ? await waitWithoutLimit(work) : undefined
  const layout = layOut(migration, step)
  const lockMs = waits === undefined ? watchedLockTimeout(work, [migration]) : 0
  const copies = copiesOf(migration, step.statements)
  const tries: Tries = { count: 1 }
  for (;;) {
    const cancelled = cancelledBetween(work)
    if (cancelled) return { journal: unsent(one, tries), failure: cancelled, attempts: tries.count }
    const answer = await send(work, layout.sent, { copies, lockMs })
    const attempts = tries.count
    if (answer.reply.unsent)
      return { journal: unsent(one, tries), failure: locate(answer, migration, layout), attempts }
    const { error, state } = answer.reply
    const lost = state === 'lost'
    const { now, unseen } = await lookAfter(work, lost ? undefined : trace)
    const invalid = findInvalidIndex(trace, before, now)
    if (!error) {
      if (waits) await work.session.send(waits)
      if (unseen) return { journal: running, failure: unseen, attempts }
      return invalid ? { ...wrongIndex(one, invalid, now), attempts } : { ...(await finish(one)), attempts }
    }
    const failure = withHint(locate(answer, migration, layout), invalid, trace && judge(trace, before, now))
    const again = error.code === '40P01' && waits && trace && !unseen ? judge(trace, before, now) : undefined
    if (again?.so !== 'again' || !(await waitToRetry(work, migration, failure, tries)))
      return { journal: lost ? running : afterError(one, unseen ? undefined : now), failure, attempts }
    for (const sql of again.first) if (!cancelledBetween(work)) await send(work, sql, { lockMs: 0 })
  }
}

/** What the catalog holds after the statement, or why that can not be read. */
async function lookAfter(
  work: Work,
  trace: Trace | undefined,
): Promise<{ readonly now: readonly string[]; readonly unseen?: Failure }> {
  if (trace === undefined) return { now: [] }
  const looked = await lookUp(work, trace)
  // A request to cancel the statement may have come late.
  const late = looked.reply?.error?.code === CANCELLED && work.signal.aborted
  const { found, reply } = late ? await lookUp(work, trace) : looked
  const unseen = reply && failureOf(reply)
  return { now: found, ...(unseen ? { unseen } : {}) }
}

function layOut(migration: RunnableMigration, step: Step): MessageLayout {
  const { sql, shifts } = fillIn(migration.text.slice(step.start, step.end), step.start, migration)
  return {
    sent: sql,
    bodyStart: 0,
    fileStart: step.start,
    length: sql.length,
    shifts,
    statementsBefore: 0,
    firstStatement: step.first,
    statementCount: 1,
  }
}

async function finish({ work, migration, running }: Started): Promise<Progress> {
  const journal = journalAt(migration, running.done + 1, running)
  const failure = await keepJournal(work, migration, journal)
  return { journal, ...(failure ? { failure } : {}) }
}

/** Nothing of the statement is there; or what earlier attempts left. */
function unsent(one: Started, { count }: Tries): Journal {
  const { done, digest } = one.running
  return count > 1 ? afterError(one) : { done, digest }
}

/** What the server refused is not done; what commits by itself may be done in part. */
function afterError({ running, statement, before }: Started, now?: readonly string[]): Journal {
  const { done, digest, started } = running
  if (statement.commits || !started) return running
  if (!statement.trace) return { done, digest }
  const left = now && { left: freshOf(before, now) }
  return { done, digest, started: { ...started, state: 'failed', ...left } }
}

/** The statement was content with an index that is of no use. */
function wrongIndex(one: Started, { name }: InvalidIndex, now: readonly string[]): Progress {
  const { migration, step, statement } = one
  const position = positionOf(migration.file.text, statement.span)
  const failure: Failure = {
    code: 'DF004',
    message: `the index ${name} is INVALID: an earlier build of it failed`,
    hint: `Run DROP INDEX CONCURRENTLY ${name}; mend what made the build fail; then run again.`,
    position,
    excerpt: excerpt(shownText(migration.file), position),
    statement: step.first + 1,
  }
  return { journal: afterError(one, now), failure }
}

function withHint(
  failure: Failure,
  invalid: InvalidIndex | undefined,
  verdict: Verdict | undefined,
): Failure {
  if (!invalid) return failure
  const taken =
    verdict?.so === 'again'
      ? `Mend what made the build fail, then run again: the next run begins with DROP INDEX CONCURRENTLY ${invalid.name}, and builds it anew.`
      : `Mend what made the build fail, and run DROP INDEX CONCURRENTLY ${invalid.name}; then run again.`
  const hint = invalid.own
    ? `It left the index ${invalid.name} INVALID. ${taken}`
    : `The index ${invalid.name} was INVALID before. If it is of no use, run DROP INDEX CONCURRENTLY ${invalid.name}; then run again.`
  return { ...failure, hint: failure.hint ? `${failure.hint} ${hint}` : hint }
}
