import type { Line } from '../../executors/executor.js'
import type { AppliedRecord } from '../../model/history.js'
import type { Failure, Outcome } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import type { ServerLife } from '../../model/server-life.js'
import { byVersion, versionKey } from '../../model/version.js'
import { type Changed, changedMeanwhile, type OwnMigration } from '../../plan/changed-meanwhile.js'
import { findLostCommits, type LostCommits, untouchedBy } from '../confirming/find-lost-commits.js'
import { nameVersions } from '../telling/name-versions.js'
import type { Way } from '../way.js'
import { lineOf, reconnect } from './reconnect.js'
import { RECONNECT_WITHIN_MS } from './reconnect-within.js'

/** The connection that an executor works on: another one after each loss. Closes the one that was used last. */
export interface HeldLine extends AsyncDisposable {
  readonly line: Line
  /** See `Work.reconnect`. Undefined, too, where the history is no longer the one that the run was planned for. */
  readonly reconnect: (reason: string) => Promise<Line | undefined>
  /** What other runs did meanwhile, where the run was ended by that. */
  readonly otherwise: () => Otherwise | undefined
}

/** A history that the run was not planned for, as read under the lock when it was had again. */
export interface Otherwise {
  readonly failure: Failure
  readonly records: readonly AppliedRecord[]
}

/**
 * @param outcomes as they are told of while the migrations are worked on
 * @param turn for an executor that sees the history turned round
 */
export function holdLine(
  run: Way,
  migrations: readonly RunnableMigration[],
  outcomes: readonly Outcome[],
  turn: (line: Line) => Line = (line) => line,
): HeldLine {
  let held = lineOf(run, run.session, run.known)
  let otherwise: Otherwise | undefined
  return {
    line: turn(held),
    reconnect: async (reason) => {
      const found = await reconnectAndFind(run, reason, outcomes)
      if (!found) return undefined
      const { again, lost } = found
      held = again
      otherwise =
        'code' in lost
          ? { failure: lost, records: again.records }
          : compare(run, migrations, outcomes, again, lost)
      if (!otherwise) return turn(again)
      await again.session[Symbol.asyncDispose]()
      return undefined
    },
    otherwise: () => otherwise,
    [Symbol.asyncDispose]: () => held.session[Symbol.asyncDispose](),
  }
}

/** Until it can be read what a crash took: the connection may be lost once more, or somebody hold the table for a while. */
async function reconnectAndFind(
  run: Way,
  reason: string,
  outcomes: readonly Outcome[],
): Promise<{ readonly again: Line; readonly lost: Exclude<LostCommits, 'again'> } | undefined> {
  const until = Date.now() + (run.system.reconnectWithinMs ?? RECONNECT_WITHIN_MS)
  for (;;) {
    const again = await reconnect(run, reason)
    if (!again) return undefined
    const lost = await findLostCommits(run, again, outcomes)
    if (lost !== 'again') return { again, lost }
    await again.session[Symbol.asyncDispose]()
    if (Date.now() > until) return undefined
  }
}

/** @param lost those that a crash took */
function compare(
  { known, books }: Way,
  migrations: readonly RunnableMigration[],
  outcomes: readonly Outcome[],
  { records, life }: Line,
  lost: ReadonlySet<string>,
): Otherwise | undefined {
  const own = migrations.map(({ file: { version, checksum } }, index) => ({
    version,
    done: books ? ({ status: 'rolled_back' } as const) : ({ status: 'completed', checksum } as const),
    isSeen: outcomes[index]?.state === 'applied' && !lost.has(version),
  }))
  const changed = withAhead(
    changedMeanwhile(known.records, records, own),
    aheadIn(records, own),
    books !== undefined,
  )
  if (changed.noLonger.length + changed.anew.length === 0) return undefined
  const isUntouched = untouchedBy(known.records, records)
  const untouched = own.filter(({ isSeen, version }) => isSeen && isUntouched(version))
  const isOther = hasFallen(known.life, life)
  return { failure: notPlannedFor(changed, untouched.length, isOther), records }
}

function withAhead({ noLonger, anew }: Changed, ahead: readonly string[], goesBack: boolean): Changed {
  const and = (versions: readonly string[]) => [...new Set([...versions, ...ahead])]
  return goesBack ? { noLonger: and(noLonger), anew } : { noLonger, anew: and(anew) }
}

/** One that is done while one before it is not was done out of order, by somebody else. */
function aheadIn(records: readonly AppliedRecord[], own: readonly OwnMigration[]): string[] {
  const rows = byVersion(records)
  const isDone = ({ version, done }: OwnMigration) => {
    const row = rows.get(versionKey(version))
    return row?.status === done.status && (done.checksum ?? row.checksum) === row.checksum
  }
  const first = own.findIndex((each) => !isDone(each))
  const behind = first === -1 ? [] : own.slice(first)
  return behind.filter((each) => isDone(each) && !each.isSeen).map(({ version }) => version)
}

/** The server was started anew, or has ended all its processes because one crashed. */
function hasFallen(before: ServerLife | undefined, now: ServerLife | undefined): boolean {
  if (!before || !now) return false
  return before.startedAt !== now.startedAt || before.countsSince !== now.countsSince
}

/** @param untouched how many that were told to be committed have the row they had before: a file may have told so of itself */
function notPlannedFor({ noLonger, anew }: Changed, untouched: number, hasCrashed: boolean): Failure {
  const told = [
    ...(noLonger.length > 0 ? [`no longer applied: ${nameVersions(noLonger)}`] : []),
    ...(anew.length > 0 ? [`applied anew: ${nameVersions(anew)}`] : []),
  ]
  const crash = hasCrashed ? CRASHED : ''
  const what =
    untouched > 0 && untouched === noLonger.length + anew.length
      ? `the history does not have what this run was told is committed: the file told so of itself, or another run took it out meanwhile${crash}`
      : `another run had the lock meanwhile, and changed the history that this one was planned for${crash}`
  return {
    code: 'DF009',
    message: `${what} (${told.join('; ')}); nothing was sent after that`,
    hint: 'Run again: it plans anew, for the history as it is now.',
  }
}

const CRASHED =
  '; or the server, which was started anew or crashed meanwhile, has lost what was not on its disk'
