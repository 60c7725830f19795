import type { Line } from '../executors/executor.js'
import type { AppliedRecord } from '../model/history.js'
import type { Failure, Outcome } from '../model/outcome.js'
import type { RunnableMigration } from '../model/plan.js'
import { type Changed, changedMeanwhile } from '../plan/changed-meanwhile.js'
import { findLostCommits, untouchedBy } from './find-lost-commits.js'
import { nameVersions } from './name-versions.js'
import { lineOf, reconnect } from './reconnect.js'
import type { Way } from './way.js'

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
      const again = await reconnect(run, reason)
      if (!again) return undefined
      held = again
      // Where migrations are undone, every commit waits for the server's disk.
      const lost = run.books ? new Set<string>() : await findLostCommits(run, again, outcomes)
      otherwise = compare(run, migrations, outcomes, again.records, lost)
      if (!otherwise) return turn(again)
      await again.session[Symbol.asyncDispose]()
      return undefined
    },
    otherwise: () => otherwise,
    [Symbol.asyncDispose]: () => held.session[Symbol.asyncDispose](),
  }
}

/** @param lost those that a crash took */
function compare(
  { known, books }: Way,
  migrations: readonly RunnableMigration[],
  outcomes: readonly Outcome[],
  records: readonly AppliedRecord[],
  lost: ReadonlySet<string>,
): Otherwise | undefined {
  const own = migrations.map(({ file: { version, checksum } }, index) => ({
    version,
    done: books ? ({ status: 'rolled_back' } as const) : ({ status: 'completed', checksum } as const),
    isSeen: outcomes[index]?.state === 'applied' && !lost.has(version),
  }))
  const changed = changedMeanwhile(known.records, records, own)
  if (changed.noLonger.length + changed.anew.length === 0) return undefined
  const isUntouched = untouchedBy(known.records, records)
  const untouched = own.filter(({ isSeen, version }) => isSeen && isUntouched(version))
  return { failure: notPlannedFor(changed, untouched.length), records }
}

/** @param untouched how many that were told to be committed have the row they had before: a file may have told so of itself */
function notPlannedFor({ noLonger, anew }: Changed, untouched: number): Failure {
  const told = [
    ...(noLonger.length > 0 ? [`no longer applied: ${nameVersions(noLonger)}`] : []),
    ...(anew.length > 0 ? [`applied anew: ${nameVersions(anew)}`] : []),
  ]
  const what =
    untouched > 0 && untouched === noLonger.length + anew.length
      ? 'the history does not have what this run was told is committed: the file told so of itself, or another run took it out meanwhile'
      : 'another run had the lock meanwhile, and changed the history that this one was planned for'
  return {
    code: 'DF009',
    message: `${what} (${told.join('; ')}); nothing was sent after that`,
    hint: 'Run again: it plans anew, for the history as it is now.',
  }
}
