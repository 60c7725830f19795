import { describe, expect, it } from '@jest/globals'
import { ALL_TOOLS } from '../../src/adopt/all-tools.js'
import { TELLING_TABLES } from '../../src/database/adopt/telling-tables.js'
import { aMigrator } from '../programs/a-migrator.js'
import { aDatabase } from '../support/postgres/a-database.js'

describe('a table of another tool', () => {
  it('is known by the name that the tool gives it', () => {
    for (const [name, title] of TELLING_TABLES)
      expect(Object.values(ALL_TOOLS).find(({ table }) => table.names[0] === name)?.title).toBe(title)
  })

  it('is told of before the first migration, and no more once there is a history', async () => {
    await using database = await aDatabase()
    await database.query('create schema app; create table app.goose_db_version (id integer)')
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'create table a (id integer);' })
    const told =
      'The database has app.goose_db_version, the history of goose. adopt takes over what it has applied.'
    expect((await migrator.run('plan')).notes).toContain(told)
    expect((await migrator.run('migrate')).notes).toContain(told)
    expect((await migrator.run('status')).notes).not.toContain(told)
  })
})
