import { randomBytes } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { type Ask, asking, listTables, readContents } from '../../src/backup/read-contents.js'
import { beginSnapshot } from '../../src/backup/snapshot.js'
import { makeDoor } from '../../src/database/open-session.js'
import { schemaNowQuery } from '../../src/database/schema/schema-now-query.js'
import type { Contents } from '../../src/model/backup.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor, type Major, majors } from '../support/postgres/major.js'
import { dropRoles, largeObjectsAndMore, richSchema } from './rich-schema.js'

const access = {
  databaseSource: 'a test',
  redact: (text: string) => text,
  run: { actor: 'ada', toolVersion: '0' },
}

/** What is read in a snapshot of the database, with what `also` does before the rows are read. */
async function read(
  database: TestDatabase,
  also: (ask: Ask) => Promise<void> = async () => {},
): Promise<Contents> {
  const door = await makeDoor(database.url, access)
  await using session = await door.open(() => {})
  const ask = asking(session)
  await beginSnapshot(ask)
  const tracking = { schema: 'devflow', table: 'schema_migrations' }
  const schema = (await ask(schemaNowQuery({ tracking, schemas: [] }))).at(-1)?.[0]?.[0] ?? ''
  await also(ask)
  return await readContents(ask, await listTables(ask), schema)
}

async function aRichDatabase(major: Major, role: string): Promise<TestDatabase> {
  const database = await aDatabase({ major })
  await database.query(richSchema(role, 50) + largeObjectsAndMore)
  return database
}

async function drop(major: Major, role: string): Promise<void> {
  await using other = await aDatabase({ major })
  await other.query(dropRoles(role))
}

eachMajor('what a database holds', (major) => {
  const role = `read_${randomBytes(4).toString('hex')}`

  it('is all of it, as it was when the snapshot was taken', async () => {
    {
      await using database = await aRichDatabase(major, role)
      const before = await read(database)
      expect(Object.keys(before.tables)).toHaveLength(10)
      expect(before.tables['app."UPPER x"']).toEqual({ rows: 2, sum: expect.any(String) })
      expect(before.sequences['app.down']).toEqual({ last: '98', called: true, increment: '-2' })
      expect(before.largeObjects?.rows).toBe(2)
      expect(Object.keys(before.schema)).toEqual(
        expect.arrayContaining([
          'table',
          'column',
          'index',
          'policy',
          'owner',
          'rights',
          'publication',
          'event trigger',
        ]),
      )
      const during = await read(database, async () => {
        await database.query(
          "delete from public.parts where id = 1; update public.books set title = 'other' where id = 2",
        )
      })
      expect(during).toEqual(before)
      const after = await read(database)
      expect(after.tables['public.parts_a']).toEqual({ rows: 29, sum: expect.any(String) })
      expect(after.tables['public.books']?.rows).toBe(50)
      expect(after.tables['public.books']?.sum).not.toBe(before.tables['public.books']?.sum)
    }
    await drop(major, role)
  })

  it('is written the same, whatever role and database are set to', async () => {
    await using database = await aDatabase({ major })
    await database.query(
      "create table t as select now() as at, 1.1::float8 as f, '1 day'::interval as i, '\\x00ff'::bytea as b",
    )
    const plain = await read(database)
    for (const [name, value] of [
      ['DateStyle', 'German'],
      ['TimeZone', 'Asia/Tokyo'],
      ['IntervalStyle', 'sql_standard'],
      ['bytea_output', 'escape'],
      ['extra_float_digits', '-5'],
      ['statement_timeout', '10ms'],
    ])
      await database.query(`alter database ${database.name} set ${name} = '${value}'`)
    expect(await read(database)).toEqual(plain)
  })
})

describe('the digests of rows', () => {
  it('are the same on every version of PostgreSQL', async () => {
    const role = `same_${randomBytes(4).toString('hex')}`
    const contents: Contents[] = []
    for (const major of majors) {
      {
        await using database = await aRichDatabase(major, role)
        contents.push(await read(database))
      }
      await drop(major, role)
    }
    const [older, newer] = contents
    expect(newer?.tables).toEqual(older?.tables)
    expect(newer?.sequences).toEqual(older?.sequences)
  })
})
