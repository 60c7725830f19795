import { PLANNING } from '../config/command-groups.js'
import { COMMANDS } from '../config/commands.js'
import { openWatch } from '../database/open-watch.js'
import { eventsQuery, parseEvents } from '../database/read-history.js'
import { judgeContinuation } from '../gate/judge-continuation.js'
import { tellRefusal } from '../gate/tell-refusal.js'
import type { Config } from '../model/config.js'
import type { HistoryEvent } from '../model/history.js'
import type { Session } from '../model/session.js'
import type { Target } from '../model/target.js'
import { markForced } from '../plan/mark-forced.js'
import type { Gathering } from '../report/gathered.js'
import type { SteadyDoor } from './connecting/steady-door.js'
import { finishApplied } from './finish-applied.js'
import type { judgeAhead } from './judging/judge-ahead.js'
import { warmUpDuring } from './judging/warm-up.js'
import { isHealthyBefore, lookAtHealth } from './keep-healthy.js'
import { loadPendingWork } from './load-pending-work.js'
import { tellRefusals } from './permission/tell-refusals.js'
import { planPending } from './plan-pending.js'
import type { System } from './system.js'
import { checkIntegrity } from './target/check-integrity.js'
import { fitEncoding } from './target/fit-encoding.js'
import { keepInStep } from './target/keep-in-step.js'
import { isTheTarget } from './target/know-target.js'
import { type Known, readHistory, unreadableHistory } from './target/read-history.js'
import type { Operate, Way } from './way.js'

/** Connects, reads, plans and, as far as the command goes, rehearses and applies. */
export async function onTarget(
  door: SteadyDoor,
  config: Config,
  system: System,
  gathered: Gathering,
  signal: AbortSignal,
  lastTry: boolean,
  operate?: Operate,
): Promise<void> {
  const { host, port, database } = door.endpoint
  const { observe } = system
  observe({ kind: 'connecting', host, port, database })
  const onNotice = (severity: string, message: string) => observe({ kind: 'notice', severity, message })
  const opening = COMMANDS[config.command].locks ? door.open(onNotice) : door.openReader(onNotice)
  await using _warm = needsSql(config, gathered)
    ? warmUpDuring(opening, () => loadWhatReadsSql(config, gathered))
    : undefined
  await using session = await opening
  const { read, ahead } = await readAndJudge(session, door, config, { ...system, signal }, gathered)
  const known = keepInStep(read, config, gathered.files ?? [])
  gathered.target = known.target
  gathered.notes = [...(gathered.notes ?? []), ...known.notes]
  observe({ kind: 'connected', target: known.target })
  if (known.cancelled) return
  if (known.refusal) {
    gathered.refusals = [known.refusal]
    return
  }
  gathered.records = known.records
  if (known.step) gathered.sides = known.step.sides
  await using watch = openWatch(door.plain, observe, config.redact)
  const all = { door, config, system, gathered, session, known, watch, signal, lastTry, onNotice, ahead }
  const run = await fitEncoding(all)
  const isTarget = isTheTarget(run)
  if (operate) {
    if (!isTarget) return
    if (!(await refuseOtherAttempt(run))) await operate(run)
    // Awaited before the session is closed.
    return await tellRefusals(run)
  }
  const planned = isTarget ? await planPending(run) : undefined
  if (config.command === 'history') gathered.events = await readEvents(run, EVENTS_SHOWN)
  if (config.command === 'verify') await checkIntegrity(run)
  if (config.command === 'verify' && isTarget) await lookAtHealth(run)
  if (isTarget && config.history?.roundTrip && !signal.aborted) await goRound(run)
  if (signal.aborted) return
  if (planned === undefined || (await refuseOtherAttempt(run))) {
    // What is another target than it is taken for is not written to.
    if (isTarget) await endWithoutWork(run)
    return await finishApplied(run)
  }
  if (config.command === 'plan') return await tellOfShadow(run)
  if (!(await isHealthyBefore(run))) return await tellRefusals(run)
  const work = await loadPendingWork()
  if (await work.rehearse(run, planned))
    await work.apply(run, markForced(planned.migrations, gathered.findings ?? []))
  else if (!signal.aborted) await tellRefusals(run)
  await finishApplied(run)
}

/** Up, down and up again, on a shadow. */
async function goRound(run: Way): Promise<void> {
  const { gathered } = run
  const { roundTrip } = await import(/* webpackIgnore: true */ './round-trip.js')
  const { findings, notes } = await roundTrip(run)
  gathered.findings = [...(gathered.findings ?? []), ...findings]
  gathered.notes = [...(gathered.notes ?? []), ...notes]
}

async function tellOfShadow(run: Way): Promise<void> {
  const { ON_SHADOW } = await import(/* webpackIgnore: true */ './on-shadow.js')
  await ON_SHADOW.tell(run)
}

/** Perhaps, if anything is pending. */
function needsSql({ command }: Config, { files = [] }: Gathering): boolean {
  return PLANNING.includes(command) && files.length > 0
}

async function loadWhatReadsSql(config: Config, { files = [] }: Gathering): Promise<void> {
  await (await loadPendingWork()).prepare(files, config)
}

/** Reads what the target is and its history; meanwhile what is likely to be pending is judged. */
async function readAndJudge(
  session: Session,
  door: SteadyDoor,
  config: Config,
  system: System,
  gathered: Gathering,
): Promise<{ read: Known; ahead: Way['ahead'] }> {
  let ahead: Way['ahead']
  const read = await readHistory(session, door.plain, config, system, {
    files: gathered.files?.length,
    onTarget: (target) => {
      if (needsSql(config, gathered)) ahead = judgeSoon(config, gathered, target, system.signal)
    },
  })
  return { read, ahead }
}

async function judgeSoon(
  config: Config,
  { files = [] }: Gathering,
  target: Target,
  signal: AbortSignal | undefined,
): ReturnType<typeof judgeAhead> {
  const work = await loadPendingWork().catch(() => undefined)
  return work?.judgeAhead(config, files, target, signal)
}

/** What a gate refused is recorded; so is what a target was moved to, where nothing is left to apply. */
async function endWithoutWork(run: Way): Promise<void> {
  const { config, gathered } = run
  await tellRefusals(run)
  const applies = config.command === 'migrate' && !config.dryRun && (gathered.refusals ?? []).length === 0
  if (applies && (gathered.movesTarget || isBehind(run)))
    await (await loadPendingWork()).writeWithoutWork(run)
}

/** The Supabase CLI's table, or ours, does not know yet what the other one does. */
function isBehind({ known: { step }, gathered: { drift = [], findings = [] } }: Way): boolean {
  const isSound = drift.length === 0 && !findings.some(({ severity }) => severity === 'error')
  return isSound && step !== undefined && step.changes.length + step.fill.length > 0
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
  if (reply?.error) throw unreadableHistory(known.target, reply.error)
  return reply ? parseEvents(reply) : []
}

const EVENTS_SHOWN = 100
