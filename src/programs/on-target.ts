import { findInvalidIndexes } from '../database/find-invalid-indexes.js'
import { openWatch } from '../database/open-watch.js'
import { eventsQuery, parseEvents } from '../database/read-history.js'
import { judgeContinuation } from '../gate/judge-continuation.js'
import { tellRefusal } from '../gate/tell-refusal.js'
import type { Config } from '../model/config.js'
import type { HistoryEvent } from '../model/history.js'
import { markForced } from '../plan/mark-forced.js'
import type { Gathering } from '../report/gathered.js'
import { applyPending } from './apply-pending.js'
import { planPending } from './plan-pending.js'
import { readHistory, unreadableHistory } from './read-history.js'
import { rehearsePending } from './rehearse-pending.js'
import type { SteadyDoor } from './steady-door.js'
import type { System } from './system.js'
import type { Way } from './way.js'
import { tellOfShadow } from './without-rehearsal.js'

/** Connects, reads, plans and, as far as the command goes, rehearses and applies. */
export async function onTarget(
  door: SteadyDoor,
  config: Config,
  system: System,
  gathered: Gathering,
  signal: AbortSignal,
  lastTry: boolean,
): Promise<void> {
  const { host, port, database } = door.endpoint
  const { observe } = system
  observe({ kind: 'connecting', host, port, database })
  const onNotice = (severity: string, message: string) => observe({ kind: 'notice', severity, message })
  await using session = await door.open(onNotice)
  const known = await readHistory(session, door.plain, config, { ...system, signal }, gathered.files?.length)
  gathered.target = known.target
  gathered.notes = [...(gathered.notes ?? []), ...known.notes]
  observe({ kind: 'connected', target: known.target })
  if (known.cancelled) return
  if (known.refusal) {
    gathered.refusals = [known.refusal]
    return
  }
  gathered.records = known.records
  await using watch = openWatch(door.plain, observe, config.redact)
  const run: Way = { door, config, system, gathered, session, known, watch, signal, lastTry, onNotice }
  const planned = await planPending(run)
  if (config.command === 'history') gathered.events = await readEvents(run, EVENTS_SHOWN)
  if (config.command === 'verify') await checkHealth(run)
  if (planned === undefined || planned.migrations.length === 0 || signal.aborted) return
  if (config.command === 'plan') return tellOfShadow(run)
  if (!['dry-run', 'migrate'].includes(config.command)) return
  if (await refuseOtherAttempt(run)) return
  if (await rehearsePending(run, planned))
    await applyPending(run, markForced(planned.migrations, gathered.findings ?? []))
}

/** GitHub does not tell of which attempt an approval is: a later one may only go on with what an earlier one began. */
async function refuseOtherAttempt(run: Way): Promise<boolean> {
  const { gathered, config } = run
  const { permission, refusals = [] } = gathered
  if (permission?.onlyContinuing === undefined) return false
  const { runUrl = '', runAttempt = 1 } = config.run
  const events = await readEvents(run, EVENTS_OF_A_RUN)
  const refusal = judgeContinuation(permission, { runUrl, attempt: runAttempt }, events)
  if (refusal === undefined) return false
  gathered.refusals = [...refusals, tellRefusal(refusal)]
  return true
}

const EVENTS_OF_A_RUN = 10_000

async function readEvents({ session, known }: Way, limit: number): Promise<HistoryEvent[]> {
  const query = eventsQuery(known.target.tracking, limit)
  const reply = query ? await session.send(query) : undefined
  if (reply?.error) throw unreadableHistory(known.target, reply.error.message)
  return reply ? parseEvents(reply) : []
}

const EVENTS_SHOWN = 100

async function checkHealth({ session, gathered }: Way): Promise<void> {
  const invalid = await findInvalidIndexes(session)
  gathered.findings = [
    ...(gathered.findings ?? []),
    ...invalid.map((name) => ({
      rule: 'invalid-index',
      severity: 'error' as const,
      message: `The index ${name} is INVALID: a concurrent build of it failed.`,
      help: `Run DROP INDEX CONCURRENTLY ${name}, and build it again in a new migration.`,
    })),
  ]
}
