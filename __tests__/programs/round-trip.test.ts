import { describe, expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { aMigrator } from './a-migrator.js'

const FILES = {
  '01_users.sql': 'CREATE TABLE users (id int PRIMARY KEY);',
  '02_orders.sql':
    'CREATE TABLE orders (id int, user_id int REFERENCES users);\n-- migrate:down\nDROP TABLE orders;',
  '03_index.sql':
    '-- devflow:no-transaction\nCREATE INDEX CONCURRENTLY by_user ON orders (user_id);\n-- migrate:down transaction:false\nDROP INDEX CONCURRENTLY by_user;',
}

function found({ findings }: Report): string[] {
  return findings.filter(({ rule }) => rule === 'round-trip').map(({ message }) => message)
}

/** On a database of its own beside the target, which is quicker than a server of its own. */
const round = (url: string) => ({
  given: { 'round-trip': 'true' },
  variables: { SHADOW_DATABASE_URL: url },
})

describe('a round trip', () => {
  it('goes up, down and up again on a shadow, over what is pending and what is applied', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, FILES)
    await migrator.run('migrate', { given: { to: '02' } })
    const report = await migrator.run('verify', round(database.url))
    expect(found(report)).toEqual([])
    expect(report.notes).toContain(
      '2 migrations went up, down and up again on a shadow, and left the schema as it was each time.',
    )
    expect(report.notes).toContain('01_users.sql has no down part, so nothing below it was gone back over.')
    expect((await migrator.run('status')).records).toHaveLength(2)
  })

  it('names what a down part leaves behind, takes too much of, or can not do', async () => {
    await using database = await aDatabase({ major: 18 })
    await using migrator = await aMigrator(database.url, { '01_users.sql': FILES['01_users.sql'] })
    await migrator.run('migrate')
    const roundTripOf = async (up: string, down: string) => {
      await migrator.write('02_next.sql', `${up}\n-- migrate:down\n${down}\n`)
      const report = await migrator.run('verify', round(database.url))
      expect(report.exitCode).toBe(1)
      return found(report)
    }
    expect(
      await roundTripOf("CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t (m mood);", 'DROP TABLE t;'),
    ).toEqual([
      '02_next.sql: The type public.mood is there after it, and was not when the schema was the same before.',
    ])
    expect(
      await roundTripOf(
        'ALTER TABLE users ADD COLUMN n int;',
        'ALTER TABLE users DROP COLUMN n, DROP COLUMN id;',
      ),
    ).toEqual(
      expect.arrayContaining([
        '02_next.sql: The column public.users.id is gone after it, and was there when the schema was the same before.',
      ]),
    )
    expect(await roundTripOf('CREATE TABLE t (id int);', 'DROP TABLE t_;')).toEqual([
      '02_next.sql: Its down part fails on the shadow: table "t_" does not exist.',
    ])
    expect((await migrator.run('status')).records).toHaveLength(1)
  })
})
