import { isLoss } from '../../executors/sql/is-loss.js'
import type { AppliedRecord } from '../../model/history.js'
import type { Failure, Outcome } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import { resumePoint } from '../../sql/resume-point.js'
import type { Early } from '../connecting/early-session.js'
import type { Otherwise } from '../connecting/hold-line.js'
import { soonAfter } from '../connecting/soon-after.js'
import { refreshPending } from '../recording/refresh-pending.js'
import { nameVersions } from '../telling/name-versions.js'
import type { Way } from '../way.js'
import { readAgain, type Unread } from './read-again.js'
import { readUnderLock } from './read-under-lock.js'

/**
 * Reads history on a fresh connection and corrects the outcomes by it. Where a connection was lost for good, the lock is
 * waited for first: while its old backend lives, the last word is not spoken. A run that is asked to end gets a moment for it.
 *
 * @param asApplied what history has to say for a migration to count as done, where that is not that it is applied
 */
export async function confirmOutcomes(
  run: Way,
  migrations: readonly RunnableMigration[],
  outcomes: readonly Outcome[],
  { closed, early, otherwise }: Connections,
  asApplied: (records: readonly AppliedRecord[]) => readonly AppliedRecord[] = (records) => records,
): Promise<void> {
  const { gathered } = run
  const over = soonAfter(run.signal)
  const lost = outcomes.some(({ state, failure }) => state === 'unknown' && failure && isLoss(failure))
  if (lost) {
    void leave(early)
    await closed
  }
  const isAll = (records: readonly AppliedRecord[]) =>
    outcomes.every(isSeen(migrations, byVersion(asApplied(records))))
  const read =
    otherwise?.records ?? (lost ? await readUnderLock(run, over) : await readAgain(run, early, isAll, over))
  const records = 'why' in read ? undefined : read
  if (records) gathered.records = records
  const seen = records && byVersion(asApplied(records))
  const unread = 'why' in read ? read : undefined
  const confirmed = outcomes
    .map((outcome, index) => confirm(outcome, migrations[index], seen, unread))
    .map((outcome, index) => (lost && !otherwise ? isThere(outcome, outcomes[index], seen) : outcome))
    .map((outcome, index) => whetherStuck(outcome, migrations[index], seen))
  if (otherwise) tellOtherwise(run, confirmed, seen, otherwise.failure)
  else gathered.outcomes = lost ? stopAtFirst(confirmed) : confirmed
  tellTaken(run, outcomes, confirmed)
}

/** It is of no use then, and a pool may have no other. Nobody waits for one that is still being opened. */
async function leave(early: Connections['early']): Promise<void> {
  const open = await early
  await open?.session[Symbol.asyncDispose]()
}

interface Connections {
  /** When the one that applied them is closed. */
  readonly closed: PromiseLike<void>
  /** One that is fresh and open already. */
  readonly early: Promise<Early | undefined> | undefined
  /** What ended the run, where other runs changed what it was planned for. */
  readonly otherwise?: Otherwise | undefined
}

type Seen = ReadonlyMap<string, AppliedRecord>

function byVersion(records: readonly AppliedRecord[]): Seen {
  return new Map(records.map((record) => [record.version, record]))
}

function isSeen(
  migrations: readonly RunnableMigration[],
  seen: Seen,
): (outcome: Outcome, index: number) => boolean {
  return (outcome, index) =>
    outcome.state === 'applied' && confirm(outcome, migrations[index], seen).state === 'applied'
}

function confirm(
  outcome: Outcome,
  migration: RunnableMigration | undefined,
  seen: Seen | undefined,
  unread?: Unread,
): Outcome {
  if (outcome.state !== 'applied' && outcome.state !== 'unknown') return outcome
  const record = seen?.get(outcome.version)
  if (record?.status === 'completed' && record.checksum === migration?.file.checksum) {
    const { failure: _, ...known } = outcome
    return { ...known, state: 'applied' }
  }
  if (outcome.state === 'applied') return { ...outcome, state: 'unknown', failure: unconfirmed(seen, unread) }
  const isLost = outcome.failure !== undefined && isLoss(outcome.failure)
  return seen && isLost ? { ...outcome, state: leftBy(record) } : outcome
}

/**
 * Under the lock nothing is under way any more: what was told to be committed and has no row is not there, because a crash
 * took it, say, or another run undid it. What runs outside a transaction can be there without its row.
 */
function isThere(outcome: Outcome, told: Outcome | undefined, seen: Seen | undefined): Outcome {
  const isTaken = seen && told?.state === 'applied' && outcome.state === 'unknown'
  if (!isTaken || outcome.mode !== 'transaction' || seen.has(outcome.version)) return outcome
  const { failure: _, ...rest } = outcome
  return { ...rest, state: 'not-run' }
}

/** The log has it that they were applied. */
function tellTaken({ gathered }: Way, told: readonly Outcome[], confirmed: readonly Outcome[]): void {
  const taken = confirmed.filter(
    ({ state }, index) => state === 'not-run' && told[index]?.state === 'applied',
  )
  if (taken.length === 0) return
  const versions = nameVersions(taken.map(({ version }) => version))
  const note = `The server said of ${versions} that it is committed, and it was not there when the lock was had again: a crash took it, or another run undid it.`
  gathered.notes = [...(gathered.notes ?? []), note]
}

/** Asked what the next run will ask: whether it can go on there. */
function whetherStuck(
  outcome: Outcome,
  migration: RunnableMigration | undefined,
  seen: Seen | undefined,
): Outcome {
  const record = seen?.get(outcome.version)
  if (outcome.state !== 'partial' || !migration || !record) return outcome
  const point = resumePoint(migration, record)
  return point.kind === 'refused' ? { ...outcome, stuck: `${point.message} ${point.help}` } : outcome
}

/** What a lost connection left of a migration that is not completed. */
function leftBy(record: AppliedRecord | undefined): 'failed' | 'partial' | 'unknown' {
  // `running` is committed before the first statement outside a transaction; and by a file that ends ours.
  if (record?.status === 'running') return 'unknown'
  // An earlier run's part is there, and this one did not come to it.
  return record?.status === 'partial' || record?.status === 'unknown' ? record.status : 'failed'
}

/** Of several that were under way together, those after the one that was not done were not begun, or left nothing. */
function stopAtFirst(outcomes: readonly Outcome[]): Outcome[] {
  const first = outcomes.findIndex(({ state }) => state !== 'applied' && state !== 'not-run')
  return outcomes.map((outcome, index) => {
    if (index <= first || outcome.state !== 'failed' || !isOpen(outcome)) return outcome
    const { failure: _, ...rest } = outcome
    return { ...rest, state: 'not-run' }
  })
}

/**
 * The first that is not done says why the run did not go on. What was seen committed and is not there any more, another run
 * has undone. Where all are done, it is only to be known.
 */
function tellOtherwise(run: Way, confirmed: readonly Outcome[], seen: Seen | undefined, why: Failure): void {
  const { gathered } = run
  const outcomes = stopAtFirst(
    confirmed.map((outcome) =>
      outcome.failure?.code === UNCONFIRMED
        ? { ...outcome, state: leftBy(seen?.get(outcome.version)) }
        : outcome,
    ),
  )
  const first = outcomes.find(({ state }) => state !== 'applied')
  gathered.outcomes = outcomes.map((outcome) =>
    outcome === first && isOpen(outcome) ? { ...outcome, failure: why } : outcome,
  )
  if (first) return
  gathered.notes = [...(gathered.notes ?? []), `All was applied. But ${why.message}.`]
  refreshPending(run)
}

/** What the server refused says more than that the run could not go on. */
function isOpen({ failure }: Outcome): boolean {
  return failure === undefined || isLoss(failure) || failure.code === UNCONFIRMED
}

const UNCONFIRMED = 'DF006'

function unconfirmed(seen: Seen | undefined, unread: Unread | undefined): Failure {
  const why = seen
    ? 'a fresh connection does not see it completed in history'
    : `history could not be read again${unread ? `: ${unread.why}` : ''}`
  return { code: UNCONFIRMED, message: `applied as far as the server said, but ${why}` }
}
