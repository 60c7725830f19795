import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Major } from '../support/postgres/major.js'
import {
  ABORT,
  ASKED_THEN_CUT,
  AT_AN_ANSWER,
  CUT_THEN_ASKED,
  CUTS,
  CUTS_FOR_GOOD,
  type Mode,
  OUTAGES,
  STALLS,
  TERMINATE,
  TWICE,
} from './mode.js'
import { openDatabases } from './open-databases.js'
import type { Scenario } from './scenario.js'
import { SCENARIOS } from './scenarios.js'
import { openSweeper, type Part } from './sweep.js'
import { addTallies, renderTally, type Tally } from './tally.js'

const { three, many, together, concurrentIndex, mixed, failingOutside } = SCENARIOS

/** Of the ways to disturb a run every other on one major, and the rest on the other. */
function halfOf(modes: readonly Mode[], major: Major): Mode[] {
  return modes.filter((_, index) => index % 2 === (major === 15 ? 0 : 1))
}

function partsOf(scenario: Scenario, major: Major): Part[] {
  const among = (...some: Scenario[]) => some.includes(scenario)
  const half = (name: string, modes: readonly Mode[]) => ({ name, modes: halfOf(modes, major), most: 1 })
  const most = among(three, many, concurrentIndex, mixed) ? 2 : 1
  return [
    { name: 'cut once', modes: among(three, concurrentIndex) ? CUTS : halfOf(CUTS, major), most },
    half('ended by the server', [TERMINATE, AT_AN_ANSWER.terminate]),
    half('asked to end', [ABORT, AT_AN_ANSWER.abort]),
    // Both at once are where something may be left that is outside a transaction.
    ...(among(mixed, failingOutside)
      ? [half('cut and asked to end', [...CUT_THEN_ASKED, ...ASKED_THEN_CUT])]
      : []),
    ...(scenario.onShadow ? [] : [half('cut for good', CUTS_FOR_GOOD)]),
    ...(among(three) ? [{ ...half('away for a while', OUTAGES), lanes: LANES }] : []),
    ...(among(many, together) ? [half('cut twice', TWICE)] : []),
    // Takes as long as patience does.
    ...(among(three) ? [{ name: 'stalled', modes: STALLS, most: 1, lanes: LANES }] : []),
  ].map((part) => ({ lanes: 2, ...part, name: `${scenario.name}, ${part.name}` }))
}

const LANES = 4

/** What `npm run faults` does in full, at some messages of each scenario. */
export function describeShortSweep(major: Major, shift: number): void {
  describe(`a run on PostgreSQL ${major} that is disturbed at a message`, () => {
    const tallies: Tally[] = []
    let databases: Awaited<ReturnType<typeof openDatabases>>

    beforeAll(async () => {
      databases = await openDatabases(major, LANES)
    })

    afterAll(async () => await databases[Symbol.asyncDispose]())

    it.each(Object.values(SCENARIOS))('keeps every promise: $name', async (scenario) => {
      await using sweeper = await openSweeper({ scenario, shift, databases: databases.list })
      const parts: Tally[] = []
      for (const part of partsOf(scenario, major)) parts.push(await sweeper.sweep(part))
      const tally = addTallies(scenario.name, parts)
      tallies.push(tally)
      expect(tally.violations).toEqual([])
    })

    it('finishes by itself in 95 of 100 cases where the connection was lost', () => {
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
