import { parseRecords, recordsQuery } from '../database/read-history.js'
import { takeLock } from '../database/take-lock.js'
import type { AppliedRecord } from '../model/history.js'
import type { Outcome } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import type { Target } from '../model/target.js'
import { UserError } from '../model/user-error.js'
import type { Way } from './way.js'

/**
 * Reads history on a fresh connection and corrects the outcomes by it. Where a connection was lost, the lock is waited
 * for first: while its old backend lives, the last word is not spoken.
 */
export async function confirmOutcomes(
  run: Way,
  migrations: readonly RunnableMigration[],
  outcomes: readonly Outcome[],
): Promise<void> {
  const { gathered } = run
  const target = gathered.target as Target
  const lost = outcomes.some((outcome) => outcome.state === 'unknown')
  const records = await readAgain(run, target, lost)
  if (records) gathered.records = records
  gathered.outcomes = outcomes.map((outcome, index) => confirm(outcome, migrations[index], records))
  const last = outcomes.findLastIndex((outcome) => outcome.state !== 'not-run')
  if (lost && last + 1 < outcomes.length && gathered.outcomes[last]?.state === 'applied')
    gathered.notes = [...(gathered.notes ?? []), endedAfter(outcomes[last])]
}

function endedAfter(outcome: Outcome | undefined): string {
  return `The connection was lost just after ${outcome?.name} was applied. What follows it was not run: run again.`
}

/** @returns undefined when history can not be read: nothing is known then */
async function readAgain(
  { door, config, system }: Way,
  target: Target,
  lost: boolean,
): Promise<AppliedRecord[] | undefined> {
  const query = recordsQuery(target.tracking)
  try {
    await using session = await door.open(() => {})
    if (!lost) {
      const reply = await session.send(query)
      return reply.error ? undefined : parseRecords(reply)
    }
    const lock = await takeLock(session, target, query, config.lockWaitMs, (holder, waitedMs) =>
      system.observe({ kind: 'waiting-for-lock', holder, waitedMs, limitMs: config.lockWaitMs }),
    )
    return lock.taken ? parseRecords(lock.reply) : undefined
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

function confirm(
  outcome: Outcome,
  migration: RunnableMigration | undefined,
  records: readonly AppliedRecord[] | undefined,
): Outcome {
  if (outcome.state !== 'applied' && outcome.state !== 'unknown') return outcome
  const record = records?.find((each) => each.version === outcome.version)
  if (record?.status === 'completed' && record.checksum === migration?.file.checksum) {
    const { failure: _, ...known } = outcome
    return { ...known, state: 'applied' }
  }
  if (outcome.state === 'applied') return { ...outcome, state: 'unknown', failure: unconfirmed(records) }
  // `running` is committed before the first statement outside a transaction; and by a file that ends ours.
  const rolledBack = records !== undefined && record?.status !== 'running'
  return rolledBack ? { ...outcome, state: 'failed' } : outcome
}

function unconfirmed(records: readonly AppliedRecord[] | undefined): NonNullable<Outcome['failure']> {
  const why = records
    ? 'a fresh connection does not see it completed in history'
    : 'history could not be read again'
  return { code: 'DF006', message: `applied as far as the server said, but ${why}` }
}
