import { once } from 'node:events'
import type { Point, RunSeen } from './check-point.js'
import type { Strike } from './fault.js'
import { isAsked, isTransient, type Mode, needsProcess } from './mode.js'
import { openProxy, type PgProxy } from './pg-proxy.js'
import { applies } from './scenario.js'
import { takeSnapshot } from './snapshot.js'
import type { Stand, StartedRun } from './stand.js'

/** What disturbing needs beyond a stand. */
export interface Means {
  /** The command line tool, for modes that need a process. */
  readonly cli?: string
  /** Stops the server as a power cut does and starts it again. */
  readonly restart?: () => Promise<void>
}

/** One run that a mode disturbs at its message k, and one after it that nothing disturbs. */
export async function disturb(stand: Stand, mode: Mode, k: number, means: Means): Promise<Point> {
  const { database, scenario, checksums, shadows } = stand
  await stand.reset()
  const asked = isAsked(mode)
  const wallLimitMs = asked ? ASKED_LIMIT_MS : WALL_LIMIT_MS
  const { seen: first, fired } = await disturbedRun(stand, mode, k, { ...means, wallLimitMs })
  const afterFirst = await takeSnapshot(database, scenario.files, shadows)
  await shadows?.age()
  const second = await stand.finish()
  return {
    files: scenario.files,
    checksums,
    fired,
    applies: applies(scenario),
    approved: scenario.approved ?? false,
    transient: isTransient(mode),
    asked,
    wallLimitMs,
    first,
    afterFirst,
    second,
    afterSecond: await takeSnapshot(database, scenario.files, shadows),
  }
}

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
): Promise<{ seen: RunSeen; fired: boolean }> {
  const controller = new AbortController()
  let started: StartedRun | undefined
  let struck: Promise<void> | undefined
  const strike: Strike = (backend) => {
    struck = strikeWith(stand, mode, backend, controller, started, means)
    return struck
  }
  await using proxy = await openProxy({ url: stand.database.url, fault: { ...mode.fault, k }, strike })
  if (mode.fault.how === 'stall') abortLater(proxy, controller)
  if (needsProcess(mode)) started = stand.start(proxy.url, means.cli ?? '')
  const reconnectWithinMs = mode.fault.forGood ? 200 : 15_000
  const ended = started?.ended ?? stand.run(proxy.url, { signal: controller.signal, reconnectWithinMs })
  let since: number | undefined
  void proxy.happened.then(() => {
    since = performance.now()
  })
  const seen = await bounded(ended, started, means.wallLimitMs, proxy)
  const wallMs = since === undefined ? seen.wallMs : Math.round(performance.now() - since)
  // A run that gave up may have ended before the server is there again.
  await struck
  return { seen: { ...seen, wallMs }, fired: proxy.fired() }
}

async function strikeWith(
  { database }: Stand,
  { strike }: Mode,
  backend: number | undefined,
  controller: AbortController,
  started: StartedRun | undefined,
  { restart }: Means,
): Promise<void> {
  if (strike === 'restart') await restart?.()
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
