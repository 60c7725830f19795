import { describe, expect, it } from '@jest/globals'
import { aDatabase, withDatabase } from './a-database.js'
import { eachMajor } from './major.js'

eachMajor('a test database', (major) => {
  it('is empty and of the major asked for', async () => {
    await using database = await aDatabase({ major })
    const [row] = await database.query<{ version: string; tables: number }>(
      `select current_setting('server_version') as version,
              (select count(*)::int from pg_class where relnamespace = 'public'::regnamespace) as tables`,
    )
    expect(row?.version).toMatch(new RegExp(`^${major}\\.`))
    expect(row?.tables).toBe(0)
  })
})

describe('a test database', () => {
  it('is gone afterwards, even with a session left on it', async () => {
    const name = await withDatabase({}, async (database) => {
      await database.query('create table t ()')
      return database.name
    })
    await using other = await aDatabase()
    expect(await other.query('select from pg_database where datname = $1', [name])).toEqual([])
  })
})
