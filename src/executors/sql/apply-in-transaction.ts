import type { Failure, Outcome } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { Reply } from '../../model/session.js'
import { locateFailure } from '../../sql/locate-failure.js'
import type { Work } from '../executor.js'
import { recordFailure, resetAfter, rollBack } from './record.js'
import { sendBlock } from './send-block.js'
import { waitToRetry } from './wait-to-retry.js'

/** What applying tells beyond what the migration is. */
export type Applied = Pick<Outcome, 'state' | 'attempts'> & { readonly failure?: Failure }

/** Applies a file and its record in one transaction, again and again while it only fails to get a lock. */
export async function applyInTransaction(work: Work, migration: RunnableMigration): Promise<Applied> {
  const started = Date.now()
  for (let attempt = 1; ; attempt++) {
    const { reply, layout, ended } = await sendBlock(work, migration)
    if (!reply.error) return finish(work, reply, attempt)
    const failure = locateFailure(reply, migration, layout)
    if (reply.state === 'lost') return { state: 'unknown', attempts: attempt, failure }
    await rollBack(work, reply)
    const again = !ended && (await waitToRetry(work, migration, failure, attempt, started))
    if (!again) {
      const spentMs = Date.now() - started
      return giveUp(work, migration, failure, { state: ended ? 'partial' : 'failed', attempt, spentMs })
    }
    await work.session.send(resetAfter(work))
  }
}

/** Committed and checked by the block itself; but a session that can not be set back must not carry the next file. */
async function finish(work: Work, block: Reply, attempts: number): Promise<Applied> {
  const reply = block.state === 'I' ? await work.session.send(resetAfter(work)) : block
  if (!reply.error && reply.state === 'I') return { state: 'applied', attempts }
  const reason = reply.error?.message ?? 'it is still in a transaction'
  const failure = {
    code: reply.error?.code ?? 'DF003',
    message: `the session could not be set back after it: ${reason}`,
  }
  return { state: 'unknown', attempts, failure }
}

interface End {
  readonly state: 'failed' | 'partial'
  readonly attempt: number
  readonly spentMs: number
}

async function giveUp(
  work: Work,
  migration: RunnableMigration,
  failure: Failure,
  { state, attempt, spentMs }: End,
): Promise<Applied> {
  const told = await recordFailure(work, migration, failure, {
    status: state,
    executionTimeMs: spentMs,
    statementsDone: null,
  })
  return { state, attempts: attempt, failure: told }
}
