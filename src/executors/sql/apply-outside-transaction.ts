import type { Journal } from '../../model/journal.js'
import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import { versionKey } from '../../model/version.js'
import { NOTHING_DONE } from '../../sql/journal-text.js'
import { positionOf } from '../../sql/position.js'
import { CHECK_FAILED } from '../../sql/raise.js'
import { replaySettings } from '../../sql/replay-settings.js'
import { type ResumePoint, resumePoint } from '../../sql/resume-point.js'
import { keepSession, readSession } from '../../sql/session-now.js'
import { splitSteps } from '../../sql/split-steps.js'
import type { Work } from '../executor.js'
import { cancelledBetween } from './cancelled.js'
import { recordOf as rowOf } from './connect-again.js'
import { describeAtomicity } from './describe-atomicity.js'
import { asUnread, isLoss, UNFIT } from './is-loss.js'
import { failureOf, type Progress, recorded } from './keep-journal.js'
import type { LockedAgain } from './lock-again.js'
import { notRecorded } from './not-recorded.js'
import type { Applied } from './reached.js'
import { recordFailure, recordOf, resetAfter, sendOwn, timeoutsOf } from './record.js'
import { isOwnRow, recordRefusal } from './record-refusal.js'
import { runAlone } from './run-alone.js'
import { runTogether } from './run-together.js'
import { settleStarted } from './settle-started.js'
import { stillLeft } from './tell-left.js'

/**
 * Applies a file whose statements can not all stand in one transaction, in steps; its row's journal says after each how
 * far it came. Goes on where an earlier run, or this one before it lost its connection, came to.
 *
 * @param lockedAgain asked for a connection where the file has released the lock, or its failure is to be recorded on another
 * @param started when it was begun, before a connection was lost, in milliseconds since 1970
 */
export async function applyOutsideTransaction(
  work: Work,
  migration: RunnableMigration,
  lockedAgain: LockedAgain,
  started: number,
): Promise<Applied> {
  const own: Own = { started }
  if (!migration.statements) return giveUp(work, migration, own, unreadable(migration), lockedAgain)
  const key = versionKey(migration.file.version)
  const point = resumePoint(
    migration,
    work.records.find(({ version }) => versionKey(version) === key),
  )
  if (point.kind === 'refused') return refuse(work, migration, started, point)
  const reached = await run(work, migration, point.journal, own)
  const failure = reached.failure ?? (await end(work, migration))
  const atomicity = describeAtomicity(splitSteps(migration))
  if (failure)
    return { ...(await giveUp(work, migration, own, { ...reached, failure }, lockedAgain)), atomicity }
  return { state: 'applied', attempts: reached.attempts ?? 1, atomicity }
}

/** What is known of this run's beginning of a file. */
interface Own {
  /** In milliseconds since 1970. */
  readonly started: number
  /** See `isOwnRow`. */
  begunBy?: string | undefined
}

function unreadable({ unreadable: why = 'it is too large' }: RunnableMigration): Progress {
  const failure = { code: 'DF005', message: `it can not be run statement by statement: ${why}` }
  return { journal: NOTHING_DONE, failure }
}

async function run(work: Work, migration: RunnableMigration, journal: Journal, own: Own): Promise<Progress> {
  const begun = await begin(work, migration, journal, own)
  return begun.failure ? begun : goOn(work, migration, begun.journal)
}

async function goOn(work: Work, migration: RunnableMigration, journal: Journal): Promise<Progress> {
  if (journal.done > 0 || journal.started) tellWhere(work, migration, journal)
  const settled = await settleStarted(work, migration, journal, { count: 1 })
  const { failure: unsettled } = settled
  return unsettled
    ? { ...settled, failure: stillLeft(unsettled) }
    : runSteps(work, migration, settled.journal)
}

/** With what the session is set to before the file goes on. */
async function begin(
  work: Work,
  migration: RunnableMigration,
  journal: Journal,
  own: Own,
): Promise<Progress> {
  const start = work.bookkeeping.start(recordOf(work, migration), recorded(journal))
  const answer = await sendOwn(work, migration, `${start}\n${CLOCK}`)
  own.begunBy =
    answer.results.findLast(({ columns }) => columns[0] === CLOCK_COLUMN)?.rows[0]?.[0] ?? undefined
  const refused = failureOf(answer)
  if (refused)
    return {
      journal,
      failure: notRecorded(refused, 'its beginning could not be recorded, so it was not begun'),
    }
  const { lockMs, statementMs, idleInTransactionMs, transactionMs } = timeoutsOf(work, migration)
  const reply = await work.session.send(`SET lock_timeout = ${lockMs};
SET statement_timeout = ${statementMs};
SET idle_in_transaction_session_timeout = ${idleInTransactionMs};
SELECT CASE WHEN pg_catalog.current_setting('transaction_timeout', true) IS NOT NULL
  THEN pg_catalog.set_config('transaction_timeout', '${transactionMs}', false) END;
${replaySettings(migration, journal)}
${keepSession()}`)
  const failure = failureOf(reply)
  const hint = reply.error?.hint
  if (failure) return { journal, failure: { ...failure, ...(hint ? { hint } : {}) } }
  const { unsettled: _, ...settled } = journal
  const session = readSession(reply)
  return { journal: { ...settled, ...(session ? { session } : {}) } }
}

const CLOCK_COLUMN = 'devflow_begun_by'

/** As rows are read. */
const CLOCK = `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${CLOCK_COLUMN};`

function tellWhere({ observe }: Work, { file, statements = [] }: RunnableMigration, { done }: Journal): void {
  observe({
    kind: 'note',
    message: `${file.name} goes on at statement ${Math.min(done + 1, statements.length)} of ${statements.length}.`,
  })
}

async function runSteps(work: Work, migration: RunnableMigration, from: Journal): Promise<Progress> {
  let reached: Progress = { journal: from }
  let attempts = 1
  for (const step of splitSteps(migration, from.done)) {
    const cancelled = cancelledBetween(work)
    if (cancelled) return { ...reached, failure: cancelled, attempts }
    const runStep = step.kind === 'alone' ? runAlone : runTogether
    reached = await runStep(work, migration, step, reached.journal)
    attempts = Math.max(attempts, reached.attempts ?? 1)
    if (reached.failure) break
  }
  return { ...reached, attempts }
}

async function end(work: Work, migration: RunnableMigration): Promise<Failure | undefined> {
  const finish = work.bookkeeping.finish(recordOf(work, migration))
  const unfinished = failureOf(await sendOwn(work, migration, finish))
  if (unfinished)
    return notRecorded(unfinished, 'all its statements are done, and that could not be recorded')
  const notReset = failureOf(await work.session.send(resetAfter(work)))
  // It is recorded as completed by now: only the session is of no use any more, and nothing follows on it.
  return notReset && !work.signal.aborted ? { ...notReset, code: UNFIT } : undefined
}

/** Records a failure; but what a lost connection left, only a new one can tell. */
async function giveUp(
  work: Work,
  migration: RunnableMigration,
  { started, begunBy }: Own,
  { journal, failure: told, unclear, attempts = 1 }: Progress,
  lockedAgain: LockedAgain,
): Promise<Applied> {
  const failure = told ?? { code: 'XX000', message: 'the server gave no reason' }
  if (isLoss(failure)) return { state: 'unknown', attempts, failure }
  const partly = journal.done > 0 || journal.started?.state === 'running'
  const state = unclear ? 'unknown' : partly ? 'partial' : 'failed'
  const isLocked = (await whetherLocked(work, migration, failure)).code !== CHECK_FAILED.lock
  const locked = isLocked ? work : await lockedAgain()
  if (locked === 'elsewhere') return { state: 'unknown', attempts, failure }
  // Another run that had the lock meanwhile may be further by now.
  const isOthers =
    locked && !isLocked && !work.goesBack && !isOwnRow(rowOf(locked.records, migration), begunBy)
  if (isOthers) return { state: 'unknown', attempts, failure: asUnread(failure) }
  const fields = { status: state, executionTimeMs: Date.now() - started, ...recorded(journal) } as const
  if (!locked) {
    const message = `${failure.message} (not recorded: another run holds the lock now)`
    return { state, attempts, failure: { ...failure, message } }
  }
  return { attempts, ...(await recordRefusal(locked, migration, failure, fields, lockedAgain, begunBy)) }
}

/** A file may let go of the lock and then fail of something else. */
async function whetherLocked(work: Work, migration: RunnableMigration, failure: Failure): Promise<Failure> {
  return failureOf(await sendOwn(work, migration, work.bookkeeping.lockHeld)) ?? failure
}

/** Nothing is sent. That its end is not known is recorded, once; the words are those of every later refusal. */
async function refuse(
  work: Work,
  migration: RunnableMigration,
  started: number,
  point: Extract<ResumePoint, { kind: 'refused' }>,
): Promise<Applied> {
  const statement = point.statement === undefined ? undefined : migration.statements?.[point.statement]
  const failure: Failure = {
    code: 'DF007',
    message: point.message,
    hint: point.help,
    ...(statement ? { position: positionOf(migration.file.text, statement.span) } : {}),
    ...(point.statement === undefined ? {} : { statement: point.statement + 1 }),
  }
  const version = versionKey(migration.file.version)
  const record = work.records.find((each) => versionKey(each.version) === version)
  if (point.undecided && record && record.status === 'running') {
    const fields = {
      status: 'unknown',
      executionTimeMs: Date.now() - started,
      statementsDone: record.statementsDone,
    } as const
    await recordFailure(work, migration, failure, fields)
  }
  return { state: 'unknown', attempts: 1, failure }
}
