import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Trace } from '../../model/trace.js'
import type { Work } from '../executor.js'
import { cancelledBetween } from './cancelled.js'
import { findBuilder } from './find-builder.js'
import { isLoss } from './is-loss.js'
import { failureOf } from './keep-journal.js'
import { send } from './send.js'
import { type Tries, waitToRetry } from './wait-to-retry.js'
import { mustOutwaitLocks, waitWithoutLimit } from './wait-without-limit.js'
import { watchedLockTimeout } from './watched-lock-timeout.js'

/** Statements that take away what another left, or finish it. */
export interface Settling {
  readonly migration: RunnableMigration
  /** Of the statement that left it. */
  readonly trace: Trace
  readonly statements: readonly string[]
  /** Numbers of the indexes that they drop. */
  readonly takes?: readonly string[] | undefined
  /** Absent where all is tried again by who asks. */
  readonly tries?: Tries | undefined
}

/** Sends them one after the other, each again while it only fails to get a lock, or somebody builds an index there. */
export async function sendSettling(work: Work, settling: Settling): Promise<Failure | undefined> {
  if (settling.statements.length === 0) return undefined
  const limit = mustOutwaitLocks(settling.trace) ? await waitWithoutLimit(work) : undefined
  const failure = await sendEach(work, settling, limit === undefined)
  if (limit !== undefined && !(failure && isLoss(failure))) await work.session.send(limit)
  return failure
}

async function sendEach(work: Work, settling: Settling, isLimited: boolean): Promise<Failure | undefined> {
  const { migration, statements, takes, tries } = settling
  const lockMs = isLimited ? watchedLockTimeout(work, [migration]) : 0
  for (const sql of statements) {
    let failure: Failure | undefined
    do {
      const cancelled = cancelledBetween(work)
      if (cancelled) return cancelled
      failure = (await findBuilder(work, takes)) ?? (await sendOne(work, sql, lockMs))
    } while (failure && tries && (await waitToRetry(work, migration, failure, tries)))
    if (failure) return failure
  }
  return undefined
}

async function sendOne(work: Work, sql: string, lockMs: number): Promise<Failure | undefined> {
  const { reply, blockers } = await send(work, sql, { lockMs })
  const failure = failureOf(reply)
  if (!failure) return undefined
  return {
    ...failure,
    message: `${failure.message} (in ${sql})`,
    ...(blockers.length > 0 ? { blockers } : {}),
  }
}
