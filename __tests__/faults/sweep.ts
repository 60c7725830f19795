import { isRehearsed, takeBaseline } from './baseline.js'
import { checkPoint, type Point } from './check-point.js'
import type { Traced } from './describe-message.js'
import { disturb, type Known, type Means } from './disturb.js'
import { cutPoints, isTransient, type Mode, needsProcess } from './mode.js'
import type { Scenario } from './scenario.js'
import { aStand, type Stand, type StandDatabase } from './stand.js'
import { aTally, type Tally } from './tally.js'

/** What a scenario is disturbed on. */
export interface Field extends Means {
  readonly scenario: Scenario
  /** One lane of runs on each, side by side. */
  readonly databases: readonly StandDatabase[]
  /** Sweeps that differ in this try different messages. */
  readonly shift?: number
  /** What is disturbed. Default: the program. */
  readonly openStand?: (database: StandDatabase, scenario: Scenario) => Promise<Stand>
}

/** Some ways to disturb a run. */
export interface Part {
  readonly name: string
  readonly modes: readonly Mode[]
  /** How many messages a mode is tried at, evenly spread. Default: all. */
  readonly most?: number
  /** See `cutPoints`. */
  readonly every?: boolean
  /** How many runs side by side. Default: as many as there are databases. */
  readonly lanes?: number
}

/** A scenario whose messages are known, to be swept in as many parts as wanted. */
export interface Sweeper extends AsyncDisposable {
  sweep(part: Part): Promise<Tally>
}

interface Task {
  readonly mode: Mode
  readonly k: number
  /** The message it happens at. */
  readonly at: string
}

/** Runs a scenario once for each mode and message, and checks what comes of it. */
export async function sweep(options: Field & Part): Promise<Tally> {
  await using sweeper = await openSweeper(options)
  return await sweeper.sweep(options)
}

/** The runs that nothing disturbs, by which the messages are known, are made once for all parts. */
export async function openSweeper(field: Field): Promise<Sweeper> {
  const { databases, scenario, openStand = aStand } = field
  const stands = await Promise.all(databases.map((database) => openStand(database, scenario)))
  const [stand] = stands
  if (!stand) throw new Error('a sweep needs a database')
  const traces = {
    inProcess: once(() => takeBaseline(stand)),
    inChild: once(() => takeBaseline(stand, field.cli ?? '')),
  }
  const known: Known = new Map()
  return {
    async sweep(part) {
      const tally = aTally(part.name)
      const tasks = await planTasks(traces, field, part, tally)
      const lanes = stands.slice(0, part.lanes)
      await Promise.all(lanes.map((each) => workOff(each, tasks, field, known, tally)))
      return tally
    },
    async [Symbol.asyncDispose]() {
      for (const each of stands) await each[Symbol.asyncDispose]()
    },
  }
}

type Traces = Readonly<Record<'inProcess' | 'inChild', () => Promise<readonly Traced[]>>>

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => {
    made ??= make()
    return made
  }
}

async function planTasks(
  traces: Traces,
  { shift = 0 }: Field,
  { modes, most = Number.POSITIVE_INFINITY, every = false }: Part,
  tally: Tally,
): Promise<Task[]> {
  const tasks: Task[] = []
  for (const [index, mode] of modes.entries()) {
    const trace = await traces[needsProcess(mode) ? 'inChild' : 'inProcess']()
    const points = cutPoints(mode, trace, { every })
    tally.points += points.length
    // Each mode begins elsewhere, so that together they come to more messages.
    const chosen = spread(points, most, index + shift)
    tasks.push(...chosen.map((k) => ({ mode, k, at: textAt(trace, mode, k) })))
  }
  return tasks
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

async function workOff(stand: Stand, tasks: Task[], means: Means, known: Known, tally: Tally): Promise<void> {
  for (let task = tasks.shift(); task; task = tasks.shift()) {
    const point = await disturb(stand, task.mode, task.k, means, known)
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
