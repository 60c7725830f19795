import type { Major } from '../support/postgres/major.js'
import { aRestartableServer, type RestartableServer } from './a-restartable-server.js'
import {
  ABORT,
  ASKED_THEN_CUT,
  AT_AN_ANSWER,
  CUT_THEN_ASKED,
  CUTS,
  CUTS_FOR_GOOD,
  type Mode,
  OUTAGES,
  RESTART,
  SIGNALS,
  STALLS,
  TERMINATE,
  TWICE,
} from './mode.js'
import { openDatabases } from './open-databases.js'
import type { Scenario } from './scenario.js'
import { SCENARIOS } from './scenarios.js'
import { openSweeper } from './sweep.js'
import { addTallies, renderTally, type Tally } from './tally.js'

/** Everything, unless a part of it is named. */
export interface FullSweep {
  /** Bundle of the command line tool, for what is done to processes. */
  readonly cli: string
  readonly scenarios?: readonly string[]
  readonly modes?: readonly string[]
  readonly majors?: readonly string[]
  /** How many messages each way is tried at. Default: all. */
  readonly most?: number | undefined
  /** At all messages, also at those that can't differ from their neighbours: takes several times as long. */
  readonly every?: boolean
  /** Runs side by side. */
  readonly lanes: number
  readonly print: (line: string) => void
}

interface Way {
  readonly modes: readonly Mode[]
  /** Most of the time passes in waiting: so many runs more are made side by side. */
  readonly waits?: number
}

/** The ways to disturb a run, by the names that a sweep of only some is asked for with. */
const WAYS: Readonly<Record<string, Way>> = {
  cuts: { modes: CUTS },
  twice: { modes: TWICE },
  'for-good': { modes: CUTS_FOR_GOOD, waits: 2 },
  outages: { modes: OUTAGES, waits: 2 },
  terminate: { modes: [TERMINATE, AT_AN_ANSWER.terminate] },
  abort: { modes: [ABORT, AT_AN_ANSWER.abort] },
  'cut-asked': { modes: CUT_THEN_ASKED },
  'asked-cut': { modes: ASKED_THEN_CUT },
  stalls: { modes: STALLS, waits: 6 },
  signals: { modes: [...SIGNALS, AT_AN_ANSWER.kill] },
  restart: { modes: [RESTART, AT_AN_ANSWER.restart] },
}

/** Every scenario, way and message on every major. Returns all of it in one. */
export async function runFullSweep(asked: FullSweep): Promise<Tally> {
  const tallies: Tally[] = []
  const ways = chosen('mode', asked.modes, Object.keys(WAYS))
  for (const major of chosen('major', asked.majors, ['15', '18'])) {
    for (const name of chosen('scenario', asked.scenarios, Object.keys(SCENARIOS))) {
      const scenario = SCENARIOS[name as keyof typeof SCENARIOS]
      for (const group of [ways.filter((way) => way !== 'restart'), ways.filter((way) => way === 'restart')])
        if (group.length > 0)
          tallies.push(...(await sweepGroup(Number(major) as Major, scenario, group, asked)))
    }
  }
  return addTallies('all', tallies)
}

/** On servers that can be stopped, or on databases of one that all share. */
async function sweepGroup(
  major: Major,
  scenario: Scenario,
  ways: readonly string[],
  asked: FullSweep,
): Promise<Tally[]> {
  const { cli, lanes, most, every = false, print } = asked
  const lanesOf = (way: string) => lanes * Math.min(WAYS[way]?.waits ?? 1, waitsAtMost(scenario))
  const count = Math.max(...ways.map(lanesOf))
  const open = ways.includes('restart') ? openServers : openDatabases
  await using databases = await open(major, count)
  await using sweeper = await openSweeper({ scenario, cli, databases: databases.list })
  const tallies: Tally[] = []
  for (const way of ways) {
    const { modes } = WAYS[way] as Way
    const name = `PostgreSQL ${major}, ${scenario.name}, ${way}`
    const started = performance.now()
    const tally = await sweeper.sweep({ name, modes, lanes: lanesOf(way), every, ...(most ? { most } : {}) })
    const seconds = Math.round((performance.now() - started) / 1000)
    print(`${name.padEnd(64)} ${renderTally(tally)} seconds=${seconds}`)
    for (const line of troubles(tally)) print(`    ${line}`)
    tallies.push(tally)
  }
  return tallies
}

/** A shadow takes as many connections again, and the server has a hundred. */
function waitsAtMost({ onShadow = false }: Scenario): number {
  return onShadow ? 2 : Number.POSITIVE_INFINITY
}

async function openServers(
  major: Major,
  count: number,
): Promise<AsyncDisposable & { readonly list: readonly RestartableServer[] }> {
  const list = await Promise.all(Array.from({ length: count }, () => aRestartableServer(major)))
  return {
    list,
    async [Symbol.asyncDispose]() {
      for (const server of list) await server[Symbol.asyncDispose]()
    },
  }
}

/** What was wrong; and of what merely did not finish, so much that it can be looked into. */
function troubles({ violations, unfinished }: Tally): string[] {
  return [...violations, ...unfinished.slice(0, SHOWN).map((each) => `not finished by itself: ${each}`)]
}

const SHOWN = 5

/** @throws for a name that is none, with those that are */
function chosen(
  what: string,
  asked: readonly string[] | undefined,
  all: readonly string[],
): readonly string[] {
  const unknown = asked?.find((name) => !all.includes(name))
  if (unknown !== undefined) throw new Error(`There is no ${what} "${unknown}". Known: ${all.join(', ')}.`)
  return asked ?? all
}
