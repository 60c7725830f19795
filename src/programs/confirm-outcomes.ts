import { setTimeout as sleep } from 'node:timers/promises'
import { parseRecords, recordsQuery } from '../database/read-history.js'
import { isLoss } from '../executors/sql/is-loss.js'
import type { AppliedRecord } from '../model/history.js'
import type { Outcome } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import type { Reply, Session } from '../model/session.js'
import type { Target } from '../model/target.js'
import { UserError } from '../model/user-error.js'
import type { Early } from './early-session.js'
import { reconnect } from './reconnect.js'
import { RECONNECT_WITHIN_MS } from './reconnect-within.js'
import type { Way } from './way.js'

/**
 * Reads history on a fresh connection and corrects the outcomes by it. Where a connection was lost for good, the lock is
 * waited for first: while its old backend lives, the last word is not spoken.
 *
 * @param asApplied what history has to say for a migration to count as done, where that is not that it is applied
 */
export async function confirmOutcomes(
  run: Way,
  migrations: readonly RunnableMigration[],
  outcomes: readonly Outcome[],
  { closed, early }: Connections,
  asApplied: (records: readonly AppliedRecord[]) => readonly AppliedRecord[] = (records) => records,
): Promise<void> {
  const { gathered } = run
  const lost = outcomes.some(
    ({ state, failure }) => state === 'unknown' && failure !== undefined && isLoss(failure),
  )
  if (lost) await closed
  const records = lost
    ? await readUnderLock(run, early)
    : ((await readEarly(early, (seen) => outcomes.every(isSeen(migrations, asApplied(seen))))) ??
      (await readAgain(run, gathered.target as Target, early?.session)))
  if (records) gathered.records = records
  const seen = records && byVersion(asApplied(records))
  const confirmed = outcomes.map((outcome, index) => confirm(outcome, migrations[index], seen))
  gathered.outcomes = lost ? confirmed.map(notReached) : confirmed
}

interface Connections {
  /** When the one that applied them is closed. */
  readonly closed: PromiseLike<void>
  /** One that is fresh and open already. */
  readonly early: Early | undefined
}

/** What was asked before the last message was answered counts where it holds all of it already. */
async function readEarly(
  early: Early | undefined,
  isAll: (records: readonly AppliedRecord[]) => boolean,
): Promise<AppliedRecord[] | undefined> {
  const records = early?.answer && parseReply(await early.answer)
  if (records === undefined || records === 'lost' || !isAll(records)) return undefined
  void early?.session[Symbol.asyncDispose]()
  return records
}

function isSeen(
  migrations: readonly RunnableMigration[],
  records: readonly AppliedRecord[],
): (outcome: Outcome, index: number) => boolean {
  const seen = byVersion(records)
  return (outcome, index) =>
    outcome.state === 'applied' && confirm(outcome, migrations[index], seen).state === 'applied'
}

type Seen = ReadonlyMap<string, AppliedRecord>

function byVersion(records: readonly AppliedRecord[]): Seen {
  return new Map(records.map((record) => [record.version, record]))
}

const PAUSE_MS = 300

/** @returns undefined when history can not be read: nothing is known then */
async function readAgain(
  { door, system, signal }: Way,
  { tracking }: Target,
  early: Session | undefined,
): Promise<AppliedRecord[] | undefined> {
  const until = Date.now() + (system.reconnectWithinMs ?? RECONNECT_WITHIN_MS)
  let open = early
  do {
    try {
      const session = open ?? (await door.open(() => {}))
      open = undefined
      const records = parseReply(await session.send(recordsQuery(tracking)))
      void session[Symbol.asyncDispose]()
      if (records !== 'lost') return records
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      await sleep(PAUSE_MS)
    }
  } while (Date.now() < until && !signal.aborted)
  return undefined
}

function parseReply(reply: Reply): AppliedRecord[] | 'lost' | undefined {
  // Somebody held the table: it may pass, as a lost connection does.
  if (reply.state === 'lost' || reply.error?.code === '55P03') return 'lost'
  // The first run of all may not have come so far as to make the tables.
  if (reply.error?.code === '42P01' || reply.error?.code === '3F000') return []
  return reply.error ? undefined : parseRecords(reply)
}

async function readUnderLock(
  run: Way,
  early: Early | undefined,
): Promise<readonly AppliedRecord[] | undefined> {
  void early?.session[Symbol.asyncDispose]()
  const line = await reconnect(run, 'history is to be read')
  await line?.session[Symbol.asyncDispose]()
  return line?.records
}

function confirm(
  outcome: Outcome,
  migration: RunnableMigration | undefined,
  seen: Seen | undefined,
): Outcome {
  if (outcome.state !== 'applied' && outcome.state !== 'unknown') return outcome
  const record = seen?.get(outcome.version)
  if (record?.status === 'completed' && record.checksum === migration?.file.checksum) {
    const { failure: _, ...known } = outcome
    return { ...known, state: 'applied' }
  }
  if (outcome.state === 'applied') return { ...outcome, state: 'unknown', failure: unconfirmed(seen) }
  // `running` is committed before the first statement outside a transaction; and by a file that ends ours.
  const rolledBack =
    seen !== undefined &&
    outcome.failure !== undefined &&
    isLoss(outcome.failure) &&
    record?.status !== 'running'
  return rolledBack ? { ...outcome, state: 'failed' } : outcome
}

/** Of several that were under way together, those after the one that was not done were not begun, or left nothing. */
function notReached(outcome: Outcome, index: number, all: readonly Outcome[]): Outcome {
  const first = all.findIndex(({ state }) => state === 'failed' || state === 'unknown')
  if (index <= first || outcome.state !== 'failed') return outcome
  const { failure: _, ...rest } = outcome
  return { ...rest, state: 'not-run' }
}

function unconfirmed(seen: Seen | undefined): NonNullable<Outcome['failure']> {
  const why = seen
    ? 'a fresh connection does not see it completed in history'
    : 'history could not be read again'
  return { code: 'DF006', message: `applied as far as the server said, but ${why}` }
}
