import { describe, expect, it } from '@jest/globals'
import { ABORT, CUTS, CUTS_FOR_GOOD, type Mode, TERMINATE } from './mode.js'
import { openDatabases } from './open-databases.js'
import type { Scenario } from './scenario.js'
import { SCENARIOS } from './scenarios.js'
import { aStand, type Stand, type StandDatabase } from './stand.js'
import { sweep } from './sweep.js'

/** No message carries the text of two files: as large ones are sent, by files that are not. */
const MESSAGE_BYTES = 150

async function aSmallStand(database: StandDatabase, scenario: Scenario): Promise<Stand> {
  const stand = await aStand(database, scenario)
  return { ...stand, run: (url, system) => stand.run(url, { ...system, messageBytes: MESSAGE_BYTES }) }
}

const scenario: Scenario = {
  ...SCENARIOS.three,
  name: 'three files in one transaction and several messages',
  given: { transaction: 'all', rehearse: 'off' },
}

/** What is left out on one major is tried on the other. */
const halfOf = (modes: readonly Mode[], major: number) =>
  modes.filter((_, index) => index % 2 === (major === 15 ? 0 : 1))

describe.each([15, 18] as const)('a run on PostgreSQL %s that is disturbed at a message', (major) => {
  it(`keeps every promise: ${scenario.name}`, async () => {
    await using databases = await openDatabases(major, 2)
    const modes = [...halfOf(CUTS, major), ...halfOf(CUTS_FOR_GOOD, major), TERMINATE, ABORT]
    const tally = await sweep({
      name: scenario.name,
      scenario,
      modes,
      most: 3,
      shift: major,
      databases: databases.list,
      openStand: aSmallStand,
    })
    expect(tally.violations).toEqual([])
    expect(tally.unfinished).toEqual([])
    expect(tally.cuts).toBeGreaterThanOrEqual(2 * modes.length)
  })
})
