import { eventsQuery, parseEvents } from '../../database/read-history.js'
import { HISTORY_TABLE } from '../../database/tracking-names.js'
import type { Line } from '../../executors/executor.js'
import { rollBack } from '../../executors/sql/record.js'
import type { AppliedRecord, EventKind, HistoryEvent } from '../../model/history.js'
import type { Failure, Outcome } from '../../model/outcome.js'
import type { ServerError } from '../../model/session.js'
import { byVersion, versionKey } from '../../model/version.js'
import { withTables } from '../recording/with-tables.js'
import type { Way } from '../way.js'

/**
 * Versions; or `again`: the connection was lost, or somebody holds the table. A failure where it can't be known.
 */
export type LostCommits = ReadonlySet<string> | 'again' | Failure

/**
 * Versions that this run was told are committed, with the row that they had before and no event of this run: a crash took
 * both, or the end of one outside a transaction. Who takes a migration out leaves the event that it was applied.
 */
export async function findLostCommits(
  { known, gathered, books, signal }: Way,
  { session, records }: Line,
  outcomes: readonly Outcome[],
): Promise<LostCommits> {
  const isUntouched = untouchedBy(known.records, records)
  const isHalf = halfDoneBy(gathered.plan?.hash, records)
  const untouched = outcomes.filter(
    (outcome) => outcome.state === 'applied' && (isUntouched(outcome.version) || isHalf(outcome)),
  )
  const { tracking } = withTables(known.target)
  const query = eventsQuery(tracking, outcomes.length + EVENTS)
  if (untouched.length === 0) return new Set()
  const reply = await session.send(query)
  await rollBack({ session }, reply)
  // The tables are of this run too, and went with it.
  if (reply.error && !NO_TABLE.has(reply.error.code))
    return signal.aborted ? 'again' : whyUnknown(reply.error, `${tracking.schema}.${HISTORY_TABLE}`)
  const done: EventKind = books ? 'rolled-back' : 'applied'
  const isOwn = ({ event, executedAt }: HistoryEvent) =>
    event === done && executedAt >= (known.lockedAt ?? '')
  const events = reply.error ? [] : parseEvents(reply)
  const told = new Set(events.filter(isOwn).map(({ version }) => versionKey(version)))
  return new Set(untouched.flatMap(({ version }) => (told.has(versionKey(version)) ? [] : [version])))
}

/** Beside one for each of this run: far more than other runs may have written since. */
const EVENTS = 10_000

/** No such table, schema, or column: this run has made it. */
const NO_TABLE: ReadonlySet<string> = new Set(['42P01', '3F000', '42703'])

const LOCK_TIMEOUT = '55P03'

function whyUnknown({ code, message, fatal }: ServerError, history: string): LostCommits {
  if (fatal || code === LOCK_TIMEOUT) return 'again'
  return {
    code,
    message: `${history} can not be read: ${message}; so it can not be told what a crash of the server took, and nothing was sent after that`,
    hint: 'Make it readable for the role of this run, and run again.',
  }
}

/** Its beginning is on the disk, and its end is not: it goes on where its row says. */
function halfDoneBy(
  planHash: string | undefined,
  records: readonly AppliedRecord[],
): (outcome: Outcome) => boolean {
  const rows = byVersion(records)
  return ({ mode, version }) => {
    const row = rows.get(versionKey(version))
    return mode === 'no-transaction' && row?.status === 'running' && row.planHash === planHash
  }
}

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
