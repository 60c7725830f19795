import { SAY_WHAT_BECAME } from '../../model/by-hand.js'
import type { Journal } from '../../model/journal.js'
import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import { digestStatement, journalAt } from '../../sql/journal-text.js'
import { positionOf } from '../../sql/position.js'
import type { Work } from '../executor.js'
import { cancelledBetween } from './cancelled.js'
import { judge } from './judge.js'
import { failureOf, keepJournal, type Progress } from './keep-journal.js'
import { lookUp } from './look-up.js'
import { send } from './send.js'

/**
 * Decides about the statement that an earlier run began: takes away what it left, counts it as done, or leaves it to be
 * run again, by what the catalog shows.
 */
export async function settleStarted(
  work: Work,
  migration: RunnableMigration,
  journal: Journal,
): Promise<Progress> {
  const { started, done } = journal
  const statement = migration.statements?.[done]
  const open: Progress = { journal: { done, digest: journal.digest } }
  if (!started || !statement?.trace) return open
  const { found, reply } = await lookUp(work, statement.trace)
  const refused = reply && failureOf(reply)
  if (refused) return { journal, failure: refused }
  const verdict = judge(statement.trace, started.before, found)
  if (verdict.so === 'unclear')
    return { journal, unclear: true, failure: unclear(migration, done, verdict.why) }
  const failure = await sendEach(work, verdict.first)
  if (failure) return { journal, failure: { ...failure, statement: done + 1 } }
  // A statement that failed and was edited since is not the one that is done.
  const same = digestStatement(migration, statement) === started.digest
  return verdict.so === 'done' && same ? finish(work, migration, journal) : open
}

async function sendEach(work: Work, statements: readonly string[]): Promise<Failure | undefined> {
  // As with the statement itself: a timeout would leave the index as it is.
  if (statements.length > 0) await work.session.send('SET lock_timeout = 0;')
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

function unclear(migration: RunnableMigration, index: number, why = ''): Failure {
  const { file, statements = [] } = migration
  const span = statements[index]?.span ?? { start: 0, end: 0 }
  return {
    code: 'DF007',
    message: `statement ${index + 1} of ${statements.length} was cut off, and whether it is done can not be told: ${why}`,
    hint: `Look which index is its own. ${SAY_WHAT_BECAME}`,
    position: positionOf(file.text, span),
    statement: index + 1,
  }
}
