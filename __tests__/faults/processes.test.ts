import { describe, expect, it } from '@jest/globals'
import type { Major } from '../support/postgres/major.js'
import { aRestartableServer } from './a-restartable-server.js'
import { CLI } from './cli.js'
import { AT_AN_ANSWER, RESTART, SIGNALS } from './mode.js'
import { openDatabases } from './open-databases.js'
import { SCENARIOS } from './scenarios.js'
import { sweep } from './sweep.js'

const { many, concurrentIndex } = SCENARIOS

describe.each<[Major, typeof many]>([
  [15, concurrentIndex],
  [18, many],
])('on PostgreSQL %i', (major, scenario) => {
  it('a process that gets a signal at a message loses nothing and does nothing twice', async () => {
    await using databases = await openDatabases(major, 2)
    const name = `${scenario.name}, signals`
    const tally = await sweep({
      name,
      scenario,
      modes: [...SIGNALS, AT_AN_ANSWER.kill],
      most: 2,
      cli: CLI,
      databases: databases.list,
    })
    expect(tally.violations).toEqual([])
    expect(tally.cuts).toBe(2 * (SIGNALS.length + 1))
  })

  it('a server that is restarted at a message has lost nothing, and the run goes on', async () => {
    await using server = await aRestartableServer(major)
    const name = `${scenario.name}, restart`
    const tally = await sweep({
      name,
      scenario,
      modes: [RESTART, AT_AN_ANSWER.restart],
      most: 2,
      databases: [server],
    })
    expect(tally.violations).toEqual([])
    // Before anything is applied, connecting is tried a few times only: nothing is lost by failing there.
    expect(tally.unfinished.filter((line) => !line.includes('Cannot connect'))).toEqual([])
    expect(tally.cuts).toBeGreaterThanOrEqual(2)
  })
})
