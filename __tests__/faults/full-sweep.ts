import type { Major } from '../support/postgres/major.js'
import { aRestartableServer } from './a-restartable-server.js'
import type { Means } from './disturb.js'
import { ABORT, CUTS, CUTS_FOR_GOOD, type Mode, RESTART, SIGNALS, STALLS, TERMINATE } from './mode.js'
import { openDatabases } from './open-databases.js'
import type { Scenario } from './scenario.js'
import { SCENARIOS } from './scenarios.js'
import { sweep } from './sweep.js'
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
  /** Runs side by side. */
  readonly lanes: number
  readonly print: (line: string) => void
}

/** The ways to disturb a run, by the names that a sweep of only some is asked for with. */
const MODES: Readonly<Record<string, readonly Mode[]>> = {
  cuts: CUTS,
  'for-good': CUTS_FOR_GOOD,
  stalls: STALLS,
  terminate: [TERMINATE],
  abort: [ABORT],
  signals: SIGNALS,
  restart: [RESTART],
}

/** Every scenario, mode and message on every major. Returns all of it in one. */
export async function runFullSweep(asked: FullSweep): Promise<Tally> {
  const tallies: Tally[] = []
  for (const major of chosen('major', asked.majors, ['15', '18'])) {
    for (const name of chosen('scenario', asked.scenarios, Object.keys(SCENARIOS))) {
      const scenario = SCENARIOS[name as keyof typeof SCENARIOS]
      for (const mode of chosen('mode', asked.modes, Object.keys(MODES))) {
        const title = `PostgreSQL ${major}, ${scenario.name}, ${mode}`
        const tally = await sweepOne(title, Number(major) as Major, scenario, mode, asked)
        asked.print(`${title.padEnd(64)} ${renderTally(tally)}`)
        for (const line of troubles(tally)) asked.print(`    ${line}`)
        tallies.push(tally)
      }
    }
  }
  return addTallies('all', tallies)
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

async function sweepOne(
  name: string,
  major: Major,
  scenario: Scenario,
  modeName: string,
  { cli, most, lanes }: FullSweep,
): Promise<Tally> {
  const common = { name, scenario, modes: MODES[modeName] ?? [], ...(most ? { most } : {}) }
  if (modeName === 'restart') {
    await using server = await aRestartableServer(major)
    const means: Means = { restart: server.restart }
    return await sweep({ ...common, ...means, databases: [server] })
  }
  await using databases = await openDatabases(major, lanes)
  return await sweep({ ...common, cli, databases: databases.list })
}
