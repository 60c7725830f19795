import { describe, expect, it } from '@jest/globals'
import { aNaiveStand } from './a-naive-stand.js'
import { CUTS } from './mode.js'
import { openDatabases } from './open-databases.js'
import type { Scenario } from './scenario.js'
import { inProbe } from './snapshot.js'
import { sweep } from './sweep.js'

/** Files that can be run twice without an error, so that doing so shows only in its effect. */
const scenario: Scenario = {
  name: 'two files',
  files: ['01', '02'].map((version) => ({
    version,
    name: `${version}_file.sql`,
    sql: `INSERT INTO public.probe (mark) VALUES ('${version}')`,
    atomic: true,
    ends: 'applied',
    effects: [inProbe(version)],
  })),
}

describe('a sweep over a runner that records in a second transaction', () => {
  it('finds what is done twice, at each cut between the effect and its record, and nowhere else', async () => {
    await using databases = await openDatabases(18, 2)
    const modes = CUTS.filter(({ name }) => name === 'rst after a frontend message')
    const tally = await sweep({
      name: 'naive',
      scenario,
      modes,
      databases: databases.list,
      openStand: aNaiveStand,
    })
    expect(tally.cuts).toBe(tally.points)
    const twice = tally.violations.filter((line) => line.includes(': twice: done twice'))
    const where = new Set(twice.map((line) => /Q (INSERT INTO \S+)/.exec(line)?.[1]))
    expect([...where]).toEqual(['INSERT INTO public.probe'])
    expect(tally.counts.lost).toBe(0)
  })
})
