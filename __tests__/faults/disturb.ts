import { once } from 'node:events'
import type { Point, RunSeen } from './check-point.js'
import type { Strike } from './fault.js'
import {
  askedBy,
  isReachable,
  isTransient,
  type Mode,
  needsProcess,
  PATIENCE_MS,
  SHORT_PATIENCE_MS,
} from './mode.js'
import { openProxy, type PgProxy } from './pg-proxy.js'
import { applies } from './scenario.js'
import { type Snapshot, takeSnapshot } from './snapshot.js'
import type { Stand, StartedRun } from './stand.js'

/** What disturbing needs beyond a stand. */
export interface Means {
  /** The command line tool, for modes that need a process. */
  readonly cli?: string
}

/**
 * One run that a mode disturbs at its message k, and one after it that nothing disturbs.
 *
 * @param known what came of it where a run was left the same state before
 */
export async function disturb(
  stand: Stand,
  mode: Mode,
  k: number,
  means: Means,
  known: Known = new Map(),
): Promise<Point> {
  const { database, scenario, checksums, shadows } = stand
  await stand.reset()
  const wallLimitMs = askedBy(mode) ? ASKED_LIMIT_MS : WALL_LIMIT_MS
  const { seen: first, fired, asked } = await disturbedRun(stand, mode, k, { ...means, wallLimitMs })
  const afterFirst = await takeSnapshot(database, scenario, shadows)
  return {
    files: scenario.files,
    checksums,
    fired,
    applies: applies(scenario),
    approved: scenario.approved ?? false,
    reachable: isReachable(mode),
    // One that ended before it was to be asked was only cut.
    transient: isTransient(mode) || (isReachable(mode) && !asked),
    asked,
    wallLimitMs,
    first,
    afterFirst,
    ...(await finish(stand, afterFirst, known)),
  }
}

/** What a run came to that found a state, by the state; and how often that was seen. */
export type Known = Map<string, Finished & { times: number }>

type Finished = Pick<Point, 'second' | 'afterSecond'>

/**
 * What the run after it does follows from what it finds: where that was there a few times, and nothing else was left, it
 * is known.
 */
async function finish(stand: Stand, afterFirst: Snapshot, known: Known): Promise<Finished> {
  const { database, scenario, shadows } = stand
  const { state, sessions, advisoryLocks, shadows: left } = afterFirst
  const isAtRest = sessions.length + advisoryLocks + left.length === 0
  const before = known.get(state)
  if (isAtRest && before && before.times >= KNOWN_AFTER) return before
  await shadows?.age()
  const second = await stand.finish()
  const afterSecond = await takeSnapshot(database, scenario, shadows)
  if (isAtRest) known.set(state, { second, afterSecond, times: (before?.times ?? 0) + 1 })
  return { second, afterSecond }
}

const KNOWN_AFTER = 3

/** Well above what a run takes on a busy machine: it tells one that waits for what does not come. */
const WALL_LIMIT_MS = 20_000

/** Five seconds are promised from when a run is asked to end; the rest is for a busy machine. */
const ASKED_LIMIT_MS = 9_000

/** How long it may take until the fault happens. */
const HAPPENS_WITHIN_MS = 60_000

async function disturbedRun(
  stand: Stand,
  mode: Mode,
  k: number,
  means: Means & Pick<Point, 'wallLimitMs'>,
): Promise<{ seen: RunSeen } & Pick<Point, 'fired' | 'asked'>> {
  const controller = new AbortController()
  let started: StartedRun | undefined
  let struck: Promise<void> | undefined
  const strike: Strike = (backend) => {
    struck = strikeWith(stand, mode, backend, controller, started)
    return struck
  }
  await using proxy = await openProxy({ url: stand.database.url, fault: { ...mode.fault, k }, strike })
  if (mode.fault.how === 'stall') abortLater(proxy, controller)
  if (needsProcess(mode)) started = stand.start(proxy.url, means.cli ?? '')
  const reconnectWithinMs = mode.patienceMs ?? (mode.fault.forGood ? SHORT_PATIENCE_MS : PATIENCE_MS)
  const ended = started?.ended ?? stand.run(proxy.url, { signal: controller.signal, reconnectWithinMs })
  let since: number | undefined
  void proxy.happened.then(() => {
    since = performance.now()
  })
  const seen = await bounded(ended, started, means.wallLimitMs, proxy)
  const wallMs = since === undefined ? seen.wallMs : Math.round(performance.now() - since)
  // A run that gave up may have ended before the server is there again.
  await struck
  const isAsked = needsProcess(mode) || controller.signal.aborted
  return { seen: { ...seen, wallMs }, fired: proxy.fired(), asked: isAsked ? askedBy(mode) : undefined }
}

async function strikeWith(
  { database }: Stand,
  { strike }: Mode,
  backend: number | undefined,
  controller: AbortController,
  started: StartedRun | undefined,
): Promise<void> {
  if (strike === 'restart') await database.restart?.()
  else if (strike === 'terminate') await database.query('SELECT pg_terminate_backend($1, 5000)', [backend])
  else if (strike === 'abort') controller.abort('SIGTERM')
  else if (strike !== undefined && started) {
    const closed = once(started.child, 'exit')
    started.child.kill(strike)
    // What was sent before is delivered after the end, as the kernel does it.
    if (strike === 'SIGKILL') await closed
  }
}

/** Somebody loses patience. */
function abortLater({ happened }: PgProxy, controller: AbortController): void {
  void happened.then(() => setTimeout(() => controller.abort('SIGTERM'), 50))
}

/** A run that does not end after the fault is a finding, and must not end the sweep. */
async function bounded(
  ended: Promise<RunSeen>,
  started: StartedRun | undefined,
  limitMs: number,
  { happened }: PgProxy,
): Promise<RunSeen> {
  const timers: NodeJS.Timeout[] = []
  const after = (wallMs: number) =>
    new Promise<RunSeen>((resolve) => {
      const late = { exitCode: null, wallMs, said: 'it had not ended by then' }
      timers.push(setTimeout(() => resolve(late), wallMs))
    })
  const seen = await Promise.race([
    ended,
    happened.then(() => after(limitMs + 1_000)),
    after(HAPPENS_WITHIN_MS),
  ])
  for (const timer of timers) clearTimeout(timer)
  started?.child.kill('SIGKILL')
  return seen
}
