import { SAY_WHAT_BECAME } from '../../model/by-hand.js'
import type { Journal, StartedStatement } from '../../model/journal.js'
import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Trace } from '../../model/trace.js'
import { digestStatement, journalAt } from '../../sql/journal-text.js'
import { positionOf } from '../../sql/position.js'
import type { Work } from '../executor.js'
import { findHalfDone } from './find-half-done.js'
import { judge, type Verdict } from './judge.js'
import { failureOf, keepProgress, type Progress } from './keep-journal.js'
import { lookUp } from './look-up.js'
import { sendSettling } from './send-settling.js'
import type { Tries } from './wait-to-retry.js'

/**
 * Decides about the statement that an earlier run began: takes away what it left, counts it as done, or leaves it to be
 * run again, by what the catalog shows. It is judged as it was then, whatever the file holds in its place by now, and
 * before anything of the file runs.
 *
 * @param tries of what it sends, where that is to be tried again here
 */
export async function settleStarted(
  work: Work,
  migration: RunnableMigration,
  journal: Journal,
  tries?: Tries,
): Promise<Progress> {
  const { started, ...reached } = journal
  const { done } = reached
  const open: Progress = { journal: reached }
  const now = migration.statements?.[done]
  const isSame = now !== undefined && digestStatement(migration, now) === started?.digest
  // A journal of an older version does not say what another statement would have left.
  const trace = (isSame ? now.trace : undefined) ?? started?.trace
  if (!started || !trace) return open
  const { found, moved, reply } = await lookUp(work, trace, started.before)
  const refused = reply && failureOf(reply)
  if (refused) return { journal, failure: refused }
  const { before, state, left } = started
  const verdict = judge(trace, before, found, {
    failed: state === 'failed',
    ...(left ? { left } : {}),
    moved,
  })
  // Where the file asks for something else by now, it is enough that nothing is half done.
  if (verdict.so === 'unclear' && (isSame || trace.kind === 'builds-index'))
    return { journal, unclear: true, failure: unclear(migration, journal, isSame, { ...verdict, trace }) }
  const isMended = holds(migration, started, done, trace) && moved.length === 0
  const halfDone = isMended ? undefined : findHalfDone(trace, before, [...found, ...moved])
  if (halfDone) return { journal, failure: { code: 'DF007', ...halfDone } }
  const { first: statements, takes } = verdict
  const failure = await sendSettling(work, { migration, trace, statements, takes, tries })
  if (failure) return { journal, failure: { ...failure, ...(isSame ? { statement: done + 1 } : {}) } }
  if (!isSame) return open
  if (verdict.so === 'done') return finish(work, migration, journal)
  // It may be half dropped: the next try has to know what was whole before the first.
  return trace.kind === 'drops-index'
    ? { journal: { ...reached, started: { ...started, state: 'failed' } } }
    : open
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

async function finish(work: Work, migration: RunnableMigration, journal: Journal): Promise<Progress> {
  return keepProgress(work, migration, journalAt(migration, journal.done + 1, journal))
}

function unclear(
  migration: RunnableMigration,
  { done, started }: Journal,
  isSame: boolean,
  { trace, why = '' }: Verdict & { readonly trace: Trace },
): Failure {
  const { file, statements = [] } = migration
  const { span = { start: 0, end: 0 } } = statements[done] ?? {}
  const isBuild = trace.kind === 'builds-index'
  const failed = started?.state === 'failed'
  const what = isBuild ? 'which index it left' : 'whether it is to run again'
  const became = failed
    ? `failed, and ${what} can not be told`
    : 'was cut off, and whether it is done can not be told'
  const which = isSame
    ? `statement ${done + 1} of ${statements.length}`
    : `statement ${done + 1}, edited since,`
  const look = isBuild
    ? `Look which index is its own. ${failed ? 'If one is INVALID, drop it. ' : ''}`
    : 'Give it its former name, or finish by hand what was to be done with it. '
  return {
    code: 'DF007',
    message: `${which} ${became}: ${why}`,
    hint: `${look}${SAY_WHAT_BECAME}`,
    ...(isSame ? { position: positionOf(file.text, span), statement: done + 1 } : {}),
  }
}
