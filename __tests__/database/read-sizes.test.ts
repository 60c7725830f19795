import { expect, it } from '@jest/globals'
import { makeDoor } from '../../src/database/open-session.js'
import { readSizes } from '../../src/database/read-sizes.js'
import type { Session } from '../../src/model/session.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'

const access = {
  databaseSource: 'a test',
  redact: (text: string) => text,
  run: { actor: 'ada', toolVersion: '0' },
}

const TABLES = `
CREATE TABLE books (id int PRIMARY KEY, title text);
INSERT INTO books SELECT n, repeat('x', 100) FROM generate_series(1, 1000) n;
CREATE TABLE nothing (a int);
CREATE TABLE "Odd "" name" (a int);
CREATE TABLE parts (id int, k int) PARTITION BY RANGE (k);
CREATE TABLE part1 PARTITION OF parts FOR VALUES FROM (0) TO (5);
CREATE TABLE part2 PARTITION OF parts FOR VALUES FROM (5) TO (10);
INSERT INTO parts SELECT n, n % 10 FROM generate_series(1, 1000) n;
CREATE SCHEMA far; CREATE TABLE far.away AS SELECT 1 AS a;
ANALYZE;`

eachMajor('sizes', (major) => {
  it('are those of the server, with partitions, indexes and TOAST', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database, TABLES)
    const [books, nothing, odd, parts, away] = await readSizes(session, [
      'public.books',
      'public.nothing',
      'public."Odd "" name"',
      'public.parts',
      'far.away',
    ])
    const [real] = await database.query<{ books: string; parts: string }>(
      "SELECT pg_total_relation_size('books') AS books, pg_total_relation_size('part1') + pg_total_relation_size('part2') AS parts",
    )
    expect(books).toEqual({ relation: 'public.books', bytes: Number(real?.books), rows: 1000 })
    expect(parts).toEqual({ relation: 'public.parts', bytes: Number(real?.parts), rows: 1000 })
    expect(nothing).toEqual({ relation: 'public.nothing', bytes: 0, rows: 0 })
    expect(odd).toMatchObject({ relation: 'public."Odd "" name"', bytes: 0 })
    expect(away).toMatchObject({ rows: 1 })
  })

  it('are not known of what is not there', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database, 'SELECT 1')
    expect(await readSizes(session, ['public.nowhere', 'no.schema'])).toEqual([
      { relation: 'public.nowhere', bytes: null, rows: null },
      { relation: 'no.schema', bytes: null, rows: null },
    ])
    expect(await readSizes(session, [])).toEqual([])
  })

  it('are rows that the statistics have, where nobody has analysed the table', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database, 'CREATE TABLE fresh AS SELECT generate_series(1, 50) AS n')
    await database.query('SELECT pg_stat_force_next_flush()')
    const [fresh] = await readSizes(session, ['public.fresh'])
    expect(fresh).toEqual({ relation: 'public.fresh', bytes: 8192, rows: 50 })
  })

  it('are no rows that nobody counts any more, and not none either', async () => {
    await using database = await aDatabase({ major })
    await database.query(
      `CREATE TABLE filled (n int); ${TABLES} CREATE TABLE late AS SELECT generate_series(1, 50) AS n`,
    )
    await database.query('SELECT pg_stat_force_next_flush()')
    await database.query(`ALTER DATABASE ${database.name} SET track_counts = off`)
    await using session = await aSession(database, 'INSERT INTO filled SELECT generate_series(1, 5000)')
    const sizes = await readSizes(session, ['public.books', 'public.filled', 'public.late', 'public.parts'])
    expect(sizes.map(({ rows }) => rows)).toEqual([1000, null, null, 1000])
    expect(sizes[1]?.bytes).toBeGreaterThan(100_000)
  })

  it('wait for nobody: they are the catalog’s where a table is locked', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database, TABLES)
    await database.query('BEGIN')
    await database.query('LOCK TABLE books')
    const start = Date.now()
    const [books, parts] = await readSizes(session, ['public.books', 'public.parts'])
    // Ten seconds are what a statement of it may take at all.
    expect(Date.now() - start).toBeLessThan(9_000)
    expect(books).toMatchObject({ rows: 1000 })
    expect(books?.bytes).toBeGreaterThan(100_000)
    expect(parts).toMatchObject({ rows: 1000 })
    await database.query('ROLLBACK')
    expect((await session.send('SELECT 1')).state).toBe('I')
  })

  it('are one turn, however many they are', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database, TABLES)
    let turns = 0
    const send = (sql: string) => {
      turns++
      return session.send(sql)
    }
    const many = Array.from({ length: 2000 }, (_, n) => (n % 2 ? 'public.books' : `public.none${n}`))
    expect(await readSizes({ ...session, send }, many)).toHaveLength(2000)
    expect(turns).toBe(1)
  })
})

async function aSession(database: TestDatabase, sql: string): Promise<Session> {
  await database.query(sql)
  return (await makeDoor(database.url, access)).open(() => {})
}
