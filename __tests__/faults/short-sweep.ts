import { describe, expect, it } from '@jest/globals'
import type { Major } from '../support/postgres/major.js'
import { ABORT, CUTS, CUTS_FOR_GOOD, type Mode, STALLS, TERMINATE } from './mode.js'
import { openDatabases } from './open-databases.js'
import type { Scenario } from './scenario.js'
import { SCENARIOS } from './scenarios.js'
import { sweep } from './sweep.js'
import { addTallies, renderTally, type Tally } from './tally.js'

/** Ways to disturb a run, and how many messages each is tried at. */
type Part = readonly [name: string, modes: readonly Mode[], most: number]

const { three, many, concurrentIndex } = SCENARIOS

/** Of the ways to cut a connection every other on one major, and the rest on the other. */
function halfOf(modes: readonly Mode[], major: Major): Mode[] {
  return modes.filter((_, index) => index % 2 === (major === 15 ? 0 : 1))
}

function partsOf(scenario: Scenario, major: Major): Part[] {
  const isBasic = ([three, many, concurrentIndex] as Scenario[]).includes(scenario)
  // A shadow takes its time.
  const most = scenario.onShadow ? 1 : 2
  const parts: Part[] = [
    ['cut once', isBasic ? CUTS : halfOf(CUTS, major), most],
    ['cut for good', scenario.onShadow ? [] : halfOf(CUTS_FOR_GOOD, major), 1],
    ['ended by the server', [TERMINATE], 1],
    ['asked to end', [ABORT], 1],
  ]
  // Takes as long as patience does.
  return scenario === three ? [...parts, ['stalled', STALLS, 1]] : parts
}

/** What `npm run faults` does in full, at some messages of each scenario. */
export function describeShortSweep(major: Major, shift: number): void {
  describe(`a run on PostgreSQL ${major} that is disturbed at a message`, () => {
    const tallies: Tally[] = []

    it.each(Object.values(SCENARIOS))('keeps every promise: $name', async (scenario) => {
      await using databases = await openDatabases(major, 2)
      const parts: Tally[] = []
      for (const [name, modes, most] of partsOf(scenario, major)) {
        const title = `${scenario.name}, ${name}`
        parts.push(await sweep({ name: title, scenario, modes, most, shift, databases: databases.list }))
      }
      const tally = addTallies(scenario.name, parts)
      tallies.push(tally)
      expect(tally.violations).toEqual([])
    })

    it('finishes by itself in 95 of 100 cases where the connection was lost once', () => {
      const all = addTallies('all', tallies)
      process.stderr.write(`PostgreSQL ${major}: ${renderTally(all)}\n`)
      expect(tallies).toHaveLength(Object.keys(SCENARIOS).length)
      expect(all.cuts).toBeGreaterThanOrEqual(LEAST_CUTS)
      const share = all.byThemselves / all.transient
      expect({ unfinished: share < 0.95 ? all.unfinished : [], enough: share >= 0.95 }).toEqual({
        unfinished: [],
        enough: true,
      })
    })
  })
}

/** On each of two majors. */
const LEAST_CUTS = 150
