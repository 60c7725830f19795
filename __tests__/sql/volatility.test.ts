import { describe, expect, it } from '@jest/globals'
import { serverVolatility } from '../../src/sql/volatility.js'
import { aDatabase } from '../support/postgres/a-database.js'

describe('volatility of the server’s functions', () => {
  it.each([15, 18] as const)('is what PostgreSQL %i says', async (major) => {
    await using database = await aDatabase({ major })
    const functions = await database.query<{ proname: string; volatile: boolean; both: boolean }>(
      `select proname, bool_and(provolatile = 'v') as volatile, count(distinct provolatile = 'v') > 1 as both
       from pg_proc where pronamespace = 'pg_catalog'::regnamespace group by 1`,
    )
    const known = functions
      .map((each) => ({ ...each, said: serverVolatility(each.proname) }))
      .filter(({ said }) => said !== 'unknown')
    expect(known.length).toBeGreaterThan(340)
    expect(
      known.filter(({ said, volatile, both }) => both || said !== (volatile ? 'volatile' : 'stable')),
    ).toEqual([])
  })

  it('is what the usual extensions say', async () => {
    await using database = await aDatabase()
    for (const each of ['uuid-ossp', 'pgcrypto', 'citext', 'hstore'])
      await database.query(`create extension "${each}"`)
    const functions = await database.query<{ proname: string; volatile: boolean }>(
      `select proname, bool_or(provolatile = 'v') as volatile
       from pg_proc where pronamespace = 'public'::regnamespace group by 1`,
    )
    const known = functions.filter(({ proname }) => serverVolatility(proname) !== 'unknown')
    expect(known.map(({ proname }) => proname)).toEqual(expect.arrayContaining(['uuid_generate_v4', 'crypt']))
    for (const { proname, volatile } of known)
      expect([proname, serverVolatility(proname)]).toEqual([proname, volatile ? 'volatile' : 'stable'])
  })

  it('is unknown of a function that is not the server’s', () => {
    expect(serverVolatility('next_code')).toBe('unknown')
  })
})
