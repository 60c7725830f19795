import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Reply } from '../../model/session.js'
import { locateFailure, type MessageLayout } from '../../sql/locate-failure.js'
import { AS_OURSELVES } from '../../sql/session-reset.js'
import type { Work } from '../executor.js'
import type { Applied } from './apply-in-transaction.js'
import { findInvalidIndex } from './find-invalid-index.js'
import { recordFailure, recordOf, resetAfter, rollBack, sendOwn, timeoutsOf } from './record.js'
import { type Step, splitSteps } from './split-steps.js'
import { waitToRetry } from './wait-to-retry.js'

/** How far a file came. */
interface Progress {
  readonly failure?: Failure
  /** Statements known to be done. */
  readonly done: number
  /** The statement that failed may have kept a part of what it did. */
  readonly mayHaveCommitted?: boolean
}

/**
 * Applies a file whose statements can not all stand in one transaction: what can is grouped in transactions, the rest
 * runs alone, and after each step the record says how many statements are done.
 */
export async function applyOutsideTransaction(work: Work, migration: RunnableMigration): Promise<Applied> {
  const started = Date.now()
  const refused = await begin(work, migration)
  const reached: Progress = refused ? { failure: refused, done: 0 } : await runSteps(work, migration)
  const failure = reached.failure ?? (await end(work, migration))
  if (!failure) return { state: 'applied', attempts: 1 }
  if (failure.code === 'connection-lost') return { state: 'unknown', attempts: 1, failure }
  const state = reached.done > 0 || reached.mayHaveCommitted ? 'partial' : 'failed'
  const recorded = {
    status: state,
    executionTimeMs: Date.now() - started,
    statementsDone: reached.done,
  } as const
  return { state, attempts: 1, failure: await recordFailure(work, migration, failure, recorded) }
}

async function begin(work: Work, migration: RunnableMigration): Promise<Failure | undefined> {
  if (!migration.statements)
    return { code: 'DF005', message: `it can not be run statement by statement: ${migration.unreadable}` }
  const recorded = failureOf(await sendOwn(work, work.bookkeeping.start(recordOf(work, migration))))
  const { lockMs, statementMs } = timeoutsOf(work, migration)
  return (
    recorded ??
    failureOf(
      await work.session.send(`SET lock_timeout = ${lockMs};\nSET statement_timeout = ${statementMs};`),
    )
  )
}

async function end(work: Work, migration: RunnableMigration): Promise<Failure | undefined> {
  const finished = failureOf(await sendOwn(work, work.bookkeeping.finish(recordOf(work, migration))))
  return finished ?? failureOf(await work.session.send(resetAfter(work)))
}

async function runSteps(work: Work, migration: RunnableMigration): Promise<Progress> {
  let reached: Progress = { done: 0 }
  for (const step of splitSteps(migration)) {
    const run = step.kind === 'transaction' ? runTogether : runAlone
    reached = await run(work, migration, step, reached.done)
    if (reached.failure) break
  }
  return reached
}

/** The statements and the record of them in one transaction, again while it only fails to get a lock. */
async function runTogether(
  work: Work,
  migration: RunnableMigration,
  step: Step,
  done: number,
): Promise<Progress> {
  const after = done + step.statements.length
  const progress = work.bookkeeping.progress(recordOf(work, migration), after)
  const layout = layOut(
    migration,
    step,
    done,
    'BEGIN;\n',
    `\n;\nSET CONSTRAINTS ALL IMMEDIATE;\n${AS_OURSELVES}\n${progress}\nCOMMIT;`,
  )
  const started = Date.now()
  for (let attempt = 1; ; attempt++) {
    const reply = await work.session.send(layout.sent, { keepRows: false })
    if (!reply.error) return { done: after }
    await rollBack(work, reply)
    const failure = locateFailure(reply, migration, layout)
    if (!(await waitToRetry(work, migration, failure, attempt, started))) return { failure, done }
  }
}

async function runAlone(
  work: Work,
  migration: RunnableMigration,
  step: Step,
  done: number,
): Promise<Progress> {
  const [statement] = step.statements
  const restore = await waitWithoutLimit(work, statement?.outside)
  const layout = layOut(migration, step, done, '', '')
  const reply = await work.session.send(layout.sent, { keepRows: false })
  const invalid = statement && (await findInvalidIndex(work, migration, statement, done, reply))
  if (reply.error) {
    const failure = locateFailure(reply, migration, layout)
    const hint = failure.hint ?? invalid?.hint
    return {
      failure: { ...failure, ...(hint ? { hint } : {}) },
      done,
      mayHaveCommitted: commits(layout.sent),
    }
  }
  if (restore) await work.session.send(restore)
  if (invalid) return { failure: invalid, done }
  const recorded = failureOf(
    await sendOwn(work, work.bookkeeping.progress(recordOf(work, migration), done + 1)),
  )
  return { ...(recorded ? { failure: recorded } : {}), done: done + 1 }
}

/** Outside a transaction a procedure or a block can commit what it did before it fails. */
function commits(statement: string): boolean {
  return /^(call\b|do\b[\s\S]*\b(commit|call)\b)/i.test(statement)
}

/** A concurrent build that runs into a lock timeout leaves an INVALID index, so it gets none. */
async function waitWithoutLimit(work: Work, outside: string | undefined): Promise<string | undefined> {
  if (!outside?.includes('CONCURRENTLY')) return undefined
  const reply = await work.session.send(
    `SELECT pg_catalog.current_setting('lock_timeout');\nSET lock_timeout = 0;`,
  )
  return `SET lock_timeout = '${reply.results[0]?.rows[0]?.[0] ?? '0'}';`
}

function layOut(
  migration: RunnableMigration,
  step: Step,
  done: number,
  before: string,
  after: string,
): MessageLayout {
  const text = migration.text.slice(step.start, step.end)
  return {
    sent: before + text + after,
    bodyStart: before.length,
    fileStart: step.start,
    length: text.length,
    statementsBefore: before ? 1 : 0,
    firstStatement: done,
    statementCount: step.statements.length,
  }
}

function failureOf(reply: Reply): Failure | undefined {
  return reply.error ? { code: reply.error.code, message: reply.error.message } : undefined
}
