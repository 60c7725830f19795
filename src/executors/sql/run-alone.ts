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
import { findWrongIndex } from './find-wrong-index.js'
import { freshOf, idOf, judge, type Since } from './judge.js'
import { failureOf, keepJournal, keepProgress, type Progress } from './keep-journal.js'
import { lookUp } from './look-up.js'
import { locate } from './run-together.js'
import { send } from './send.js'
import { sendSettling } from './send-settling.js'
import { tellLeft } from './tell-left.js'
import { type Tries, waitToRetry } from './wait-to-retry.js'
import { mustOutwaitLocks, waitWithoutLimit } from './wait-without-limit.js'
import { watchedLockTimeout } from './watched-lock-timeout.js'

/**
 * Sends one statement outside a transaction: its beginning is recorded before, with what the catalog holds of what it
 * works on, and its end after. A concurrent one that lost in a deadlock, or had to wait too long for a lock, is tried
 * again, or what it began is ended.
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
  const digest = digestStatement(migration, statement)
  const tried = journal.started?.digest === digest ? journal.started : undefined
  const before = sinceFirstTry(looked?.found ?? [], tried)
  const started: StartedStatement = {
    digest,
    state: 'running',
    before,
    ...(statement.trace ? { trace: statement.trace } : {}),
  }
  const running: Journal = { ...journal, started }
  const refused = (looked?.reply && failureOf(looked.reply)) ?? (await keepJournal(work, migration, running))
  if (refused) return { journal, failure: refused }
  return runStarted({ work, migration, step, statement, running, before, ...(tried ? { tried } : {}) })
}

/** An index that an earlier try half dropped was whole before that. */
function sinceFirstTry(found: readonly string[], tried: StartedStatement | undefined): string[] {
  return found.map((text) => tried?.before.find((before) => idOf(before) === idOf(text)) ?? text)
}

interface Started {
  readonly work: Work
  readonly migration: RunnableMigration
  readonly step: Step
  readonly statement: RunnableStatement
  readonly running: Journal
  readonly before: readonly string[]
  /** As an earlier run tried it. */
  readonly tried?: StartedStatement
}

async function runStarted(one: Started): Promise<Progress> {
  const { work, migration, step, statement, running, before } = one
  const { trace } = statement
  const concurrent = statement.outside?.includes('CONCURRENTLY') ? trace : undefined
  const waits = concurrent && mustOutwaitLocks(concurrent) ? await waitWithoutLimit(work) : undefined
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
    if (!error) {
      if (waits) await work.session.send(waits)
      if (unseen) return { journal: running, failure: unseen, attempts }
      const wrong = findWrongIndex(trace, before, now)
      return wrong ? { ...wrongIndex(one, wrong, now), attempts } : { ...(await finish(one)), attempts }
    }
    const tell = (failure: Failure) =>
      trace && !lost
        ? tellLeft(failure, {
            trace,
            before,
            ...(unseen ? {} : { now }),
            isCancelled: isCancel(work, failure),
          })
        : failure
    const failure = tell(locate(answer, migration, layout))
    const verdict =
      concurrent && !lost && !unseen ? judge(concurrent, before, now, justFailed(before, now)) : undefined
    const left = lost ? running : afterError(one, unseen ? undefined : now)
    if (!concurrent || !verdict || verdict.so === 'unclear') return { journal: left, failure, attempts }
    if (!(await waitToRetry(work, migration, failure, tries))) return { journal: left, failure, attempts }
    const settling = { migration, trace: concurrent, statements: verdict.first, takes: verdict.takes, tries }
    const unsettled = await sendSettling(work, settling)
    if (unsettled)
      return { journal: left, failure: tell({ ...placeOf(one), ...unsettled }), attempts: tries.count }
    if (verdict.so === 'done') {
      if (waits) await work.session.send(waits)
      return { ...(await finish(one)), attempts: tries.count }
    }
  }
}

function isCancel({ signal }: Work, { code }: Failure): boolean {
  return signal.aborted && code === CANCELLED
}

function justFailed(before: readonly string[], now: readonly string[]): Since {
  return { failed: true, left: freshOf(before, now) }
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
  return keepProgress(work, migration, journalAt(migration, running.done + 1, running))
}

/** Nothing of the statement is there; or what earlier attempts left, in this run or before. */
function unsent(one: Started, { count }: Tries): Journal {
  const { started: _, ...reached } = one.running
  return count > 1 ? afterError(one) : { ...reached, ...(one.tried ? { started: one.tried } : {}) }
}

/** What the server refused is not done; what commits by itself may be done in part. */
function afterError({ running, statement, before }: Started, now?: readonly string[]): Journal {
  const { started, ...reached } = running
  if (statement.commits || !started) return running
  if (!statement.trace) return reached
  const left = now && { left: freshOf(before, now) }
  return { ...reached, started: { ...started, state: 'failed', ...left } }
}

/** The statement was content with an index that is of no use, or with what is none of this table. */
function wrongIndex(one: Started, told: Pick<Failure, 'message' | 'hint'>, now: readonly string[]): Progress {
  return { journal: afterError(one, now), failure: { code: 'DF004', ...told, ...placeOf(one) } }
}

function placeOf({
  migration,
  step,
  statement,
}: Started): Pick<Failure, 'position' | 'excerpt' | 'statement'> {
  const position = positionOf(migration.file.text, statement.span)
  return { position, excerpt: excerpt(shownText(migration.file), position), statement: step.first + 1 }
}
