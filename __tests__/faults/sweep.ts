import { isRehearsed, takeBaseline } from './baseline.js'
import { checkPoint, type Point } from './check-point.js'
import type { Traced } from './describe-message.js'
import { disturb, type Means } from './disturb.js'
import { cutPoints, isTransient, type Mode, needsProcess } from './mode.js'
import type { Scenario } from './scenario.js'
import { aStand, type Stand, type StandDatabase } from './stand.js'
import { aTally, type Tally } from './tally.js'

export interface SweepOptions extends Means {
  readonly name: string
  readonly scenario: Scenario
  readonly modes: readonly Mode[]
  /** One lane of runs on each, side by side. */
  readonly databases: readonly StandDatabase[]
  /** How many messages a mode is tried at, evenly spread. Default: all. */
  readonly most?: number
  /** Sweeps that differ in this try different messages. */
  readonly shift?: number
  /** What is disturbed. Default: the program. */
  readonly openStand?: (database: StandDatabase, scenario: Scenario) => Promise<Stand>
}

interface Task {
  readonly mode: Mode
  readonly k: number
  /** The message it happens at. */
  readonly at: string
}

/** Runs a scenario once for each mode and message, and checks what comes of it. */
export async function sweep(options: SweepOptions): Promise<Tally> {
  const tally = aTally(options.name)
  await using stands = await openStands(options)
  const [stand] = stands.list
  if (!stand) throw new Error('a sweep needs a database')
  const tasks = await planTasks(stand, options, tally)
  await Promise.all(stands.list.map((each) => workOff(each, tasks, options, tally)))
  return tally
}

async function openStands({
  databases,
  scenario,
  openStand = aStand,
}: SweepOptions): Promise<AsyncDisposable & { list: Stand[] }> {
  const list = await Promise.all(databases.map((database) => openStand(database, scenario)))
  return {
    list,
    async [Symbol.asyncDispose]() {
      for (const stand of list) await stand[Symbol.asyncDispose]()
    },
  }
}

async function planTasks(stand: Stand, options: SweepOptions, tally: Tally): Promise<Task[]> {
  const { modes, cli, most = Number.POSITIVE_INFINITY, shift = 0 } = options
  const inProcess = modes.some((mode) => !needsProcess(mode)) ? await takeBaseline(stand) : []
  const inChild = modes.some(needsProcess) ? await takeBaseline(stand, cli ?? '') : []
  return modes.flatMap((mode, index) => {
    const trace = needsProcess(mode) ? inChild : inProcess
    const points = cutPoints(mode, trace)
    tally.points += points.length
    // Each mode begins elsewhere, so that together they come to more messages.
    const chosen = spread(points, most, index + shift)
    return chosen.map((k) => ({ mode, k, at: textAt(trace, mode, k) }))
  })
}

/** At most so many of them, at equal distances; which ones depends on `shift`. */
export function spread<Item>(items: readonly Item[], most: number, shift: number): Item[] {
  if (items.length <= most) return [...items]
  // Multiples of the golden ratio lie nowhere close together.
  const start = (shift * 0.618_034) % 1
  return Array.from({ length: most }, (_, index) => {
    return items[Math.floor(((index + start) * items.length) / most)] as Item
  })
}

function textAt(trace: readonly Traced[], { fault }: Mode, k: number): string {
  const message = trace.filter(({ side }) => side === fault.side)[k]
  return message ? `connection ${message.connection}, ${message.text.slice(0, 120)}` : 'no message'
}

async function workOff(stand: Stand, tasks: Task[], means: Means, tally: Tally): Promise<void> {
  for (let task = tasks.shift(); task; task = tasks.shift()) {
    const point = await disturb(stand, task.mode, task.k, means)
    count(tally, task, point)
  }
}

function count(tally: Tally, { mode, k, at }: Task, point: Point): void {
  const where = `${tally.name}: ${mode.name} ${k} (${at.replaceAll(/\s+/g, ' ')})`
  tally.cuts += 1
  for (const { kind, what } of checkPoint(point)) {
    tally.counts[kind] += 1
    tally.violations.push(`${where}: ${kind}: ${what}`)
  }
  if (!isTransient(mode)) return
  tally.transient += 1
  if (finished(point)) tally.byThemselves += 1
  else tally.unfinished.push(`${where}: ${JSON.stringify(point.first)}`)
}

/** As if nothing had been. */
function finished({ files, first, applies }: Point): boolean {
  if (!applies)
    return first.exitCode === 0 && files.every(({ version }) => isRehearsed(first.rehearsed?.[version]))
  const wanted = files.every(({ ends }) => ends === 'applied') ? 0 : 1
  return first.exitCode === wanted && files.every(({ version, ends }) => first.states?.[version] === ends)
}
