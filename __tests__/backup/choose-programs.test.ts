import { describe, expect, it } from '@jest/globals'
import { choosePrograms, chooseRestorer } from '../../src/backup/choose-programs.js'

const installed = (...majors: number[]) =>
  majors.map((major) => ({ major, bin: `/pg/${major}`, path: `/pg/${major}/pg_dump` }))

describe('a dump is written', () => {
  it('by the programs of the server’s own major, among several', () => {
    expect(choosePrograms(installed(14, 15, 18), 15)).toEqual({
      major: 15,
      dump: '/pg/15/pg_dump',
      restore: '/pg/15/pg_restore',
      psql: '/pg/15/psql',
    })
  })

  it.each([
    [[], 'there is no pg_dump of major 18 with pg_restore and psql on this machine'],
    [[17, 15], 'there is no pg_dump of major 18 with pg_restore and psql on this machine, only of 15, 17'],
    [[19], 'there is no pg_dump of major 18 with pg_restore and psql on this machine, only of 19'],
  ])('by none of %j for a server of major 18', (majors, why) => {
    expect(choosePrograms(installed(...majors), 18)).toEqual({ why })
  })
})

describe('a backup is restored', () => {
  const major = (found: readonly number[], wrote: number, server: number) => {
    const chosen = chooseRestorer(installed(...found), wrote, server)
    return 'why' in chosen ? chosen.why : chosen.major
  }

  it.each([
    ['of the same major', [14, 15, 16], 15, 15, 15],
    ['that are as new as the server', [15, 17, 18], 15, 17, 17],
    ['that read it, where there are none of the server’s', [15], 15, 18, 15],
  ])('by programs %s', (_what, found, wrote, server, chosen) => {
    expect(major(found, wrote, server)).toBe(chosen)
  })

  it('by none that are older than it, or newer than the server', () => {
    expect(major([14, 16], 15, 15)).toContain('no pg_restore of major 15 with psql')
    expect(major([14, 18], 15, 17)).toContain('no pg_restore of major 15 to 17 with psql')
  })
})
