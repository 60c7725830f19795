import { describe, expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { majors } from '../support/postgres/major.js'
import type { RunSeen } from './check-point.js'
import { CLI } from './cli.js'
import { SCENARIOS } from './scenarios.js'
import { takeSnapshot } from './snapshot.js'
import { aStand } from './stand.js'

const EIGHT = [1, 2, 3, 4, 5, 6, 7, 8]

describe.each(majors)('eight runs at once on PostgreSQL %i', (major) => {
  it.each([
    ['in processes of their own', 'process'],
    ['in one process', 'here'],
  ] as const)('all end with 0, and each file is there once: %s', async (_title, where) => {
    await using database = await aDatabase({ major })
    await using stand = await aStand(database, {
      ...SCENARIOS.concurrentIndex,
      given: { 'lock-wait': '50s' },
    })
    await stand.reset()
    const run = (): Promise<RunSeen> =>
      where === 'process' ? stand.start(database.url, CLI).ended : stand.run(database.url)
    const runs = await Promise.all(EIGHT.map(run))
    expect(runs.map(({ exitCode, said }) => said ?? exitCode)).toEqual(EIGHT.map(() => 0))
    const { files } = stand.scenario
    const all = await takeSnapshot(database, { files })
    for (const { version } of files) {
      expect([version, new Set(all.effects[version]), all.applied[version]]).toEqual([
        version,
        new Set([1]),
        1,
      ])
      expect(runs.filter(({ states }) => states?.[version] === 'applied')).toHaveLength(1)
    }
    expect([all.advisoryLocks, all.sessions, all.invalidIndexes]).toEqual([0, [], []])
  })
})
