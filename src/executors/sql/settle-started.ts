import { SAY_WHAT_BECAME } from '../../model/by-hand.js'
import type { Journal, StartedStatement } from '../../model/journal.js'
import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Trace } from '../../model/trace.js'
import { digestStatement, journalAt } from '../../sql/journal-text.js'
import { positionOf } from '../../sql/position.js'
import type { Work } from '../executor.js'
import { cancelledBetween } from './cancelled.js'
import { findHalfDone } from './find-half-done.js'
import { isLoss } from './is-loss.js'
import { freshOf, judge, parseIndex } from './judge.js'
import { failureOf, keepJournal, type Progress } from './keep-journal.js'
import { lookUp } from './look-up.js'
import { send } from './send.js'
import { waitWithoutLimit } from './wait-without-limit.js'

/**
 * Decides about the statement that an earlier run began: takes away what it left, counts it as done, or leaves it to be
 * run again, by what the catalog shows. It is judged as it was then, whatever the file holds in its place by now, and
 * before anything of the file runs.
 */
export async function settleStarted(
  work: Work,
  migration: RunnableMigration,
  journal: Journal,
): Promise<Progress> {
  const { started, done } = journal
  const open: Progress = { journal: { done, digest: journal.digest } }
  const now = migration.statements?.[done]
  const isSame = now !== undefined && digestStatement(migration, now) === started?.digest
  // A journal of an older version does not say what another statement would have left.
  const trace = started?.trace ?? (isSame ? now.trace : undefined)
  if (!started || !trace) return open
  const { found, reply } = await lookUp(work, trace)
  const refused = reply && failureOf(reply)
  if (refused) return { journal, failure: refused }
  const verdict = judge(trace, othersOf(trace, started, found), found)
  if (verdict.so === 'unclear')
    return { journal, unclear: true, failure: unclear(migration, journal, isSame, verdict.why) }
  const halfDone = holds(migration, started, done, trace)
    ? undefined
    : findHalfDone(trace, started.before, found)
  if (halfDone) return { journal, failure: { code: 'DF007', ...halfDone } }
  const failure = await sendEach(work, verdict.first)
  if (failure) return { journal, failure: { ...failure, ...(isSame ? { statement: done + 1 } : {}) } }
  return verdict.so === 'done' && isSame ? finish(work, migration, journal) : open
}

/** What is not its own: it was there before, or is INVALID and came once it had failed, of somebody's build by hand. */
function othersOf({ kind }: Trace, { before, left }: StartedStatement, found: readonly string[]): string[] {
  const isBuild = kind === 'builds-index' || kind === 'reindexes'
  const later = left && isBuild ? freshOf(left, found).filter((text) => !parseIndex(text).valid) : []
  return [...before, ...later]
}

/** Whether the file still has the statement; a partition that is half detached can only be finished in its place. */
function holds(
  migration: RunnableMigration,
  { digest }: StartedStatement,
  done: number,
  { kind }: Trace,
): boolean {
  const left = (migration.statements ?? []).slice(done, kind === 'detaches' ? done + 1 : undefined)
  return left.some((statement) => digestStatement(migration, statement) === digest)
}

async function sendEach(work: Work, statements: readonly string[]): Promise<Failure | undefined> {
  if (statements.length === 0) return undefined
  // As with the statement itself: a timeout would leave the index as it is.
  const limit = await waitWithoutLimit(work)
  const failure = await sendWaiting(work, statements)
  if (!failure || !isLoss(failure)) await work.session.send(limit)
  return failure
}

async function sendWaiting(work: Work, statements: readonly string[]): Promise<Failure | undefined> {
  for (const sql of statements) {
    const cancelled = cancelledBetween(work)
    if (cancelled) return cancelled
    const failure = failureOf((await send(work, sql, { lockMs: 0 })).reply)
    if (failure) return { ...failure, message: `${failure.message} (in ${sql})` }
  }
  return undefined
}

async function finish(work: Work, migration: RunnableMigration, journal: Journal): Promise<Progress> {
  const after = journalAt(migration, journal.done + 1, journal)
  const failure = await keepJournal(work, migration, after)
  return { journal: after, ...(failure ? { failure } : {}) }
}

function unclear(
  migration: RunnableMigration,
  { done, started }: Journal,
  isSame: boolean,
  why = '',
): Failure {
  const { file, statements = [] } = migration
  const { span = { start: 0, end: 0 } } = statements[done] ?? {}
  const became =
    started?.state === 'failed'
      ? 'failed, and which index it left can not be told'
      : 'was cut off, and whether it is done can not be told'
  const which = isSame
    ? `statement ${done + 1} of ${statements.length}`
    : `statement ${done + 1}, edited since,`
  return {
    code: 'DF007',
    message: `${which} ${became}: ${why}`,
    hint: `Look which index is its own. ${started?.state === 'failed' ? 'If one is INVALID, drop it. ' : ''}${SAY_WHAT_BECAME}`,
    ...(isSame ? { position: positionOf(file.text, span), statement: done + 1 } : {}),
  }
}
