import { eventsQuery, parseEvents } from '../database/read-history.js'
import type { Line } from '../executors/executor.js'
import type { AppliedRecord } from '../model/history.js'
import type { Outcome } from '../model/outcome.js'
import { byVersion, versionKey } from '../model/version.js'
import type { Way } from './way.js'
import { withTables } from './with-tables.js'

/**
 * Versions that this run was told are committed, with the row that they had before and no event of this plan: a crash took
 * both. Who takes a migration out leaves the event that it was applied.
 */
export async function findLostCommits(
  { known, gathered }: Way,
  { session, records }: Line,
  outcomes: readonly Outcome[],
): Promise<ReadonlySet<string>> {
  const isUntouched = untouchedBy(known.records, records)
  const untouched = outcomes.filter(({ state, version }) => state === 'applied' && isUntouched(version))
  const query = eventsQuery(withTables(known.target).tracking, outcomes.length + EVENTS)
  if (untouched.length === 0 || query === undefined) return new Set()
  const reply = await session.send(query)
  if (reply.error) return new Set()
  const told = new Set(
    parseEvents(reply).flatMap(({ event, version, planHash }) =>
      event === 'applied' && planHash === gathered.plan?.hash ? [versionKey(version)] : [],
    ),
  )
  return new Set(untouched.flatMap(({ version }) => (told.has(versionKey(version)) ? [] : [version])))
}

/** Beside one for each of this run: far more than other runs may have written since. */
const EVENTS = 10_000

/** Whether the row of a version is as it was, or is missing as it was. */
export function untouchedBy(
  before: readonly AppliedRecord[],
  now: readonly AppliedRecord[],
): (version: string) => boolean {
  const [was, is] = [byVersion(before), byVersion(now)]
  return (version) => {
    const key = versionKey(version)
    return was.get(key)?.status === is.get(key)?.status && was.get(key)?.appliedAt === is.get(key)?.appliedAt
  }
}
