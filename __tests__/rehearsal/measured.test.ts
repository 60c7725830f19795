import { expect, it } from '@jest/globals'
import type { Rehearsal } from '../../src/rehearsal/rehearsal.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aRehearsal, inShort, measuredOf } from './a-rehearsal.js'

const SCHEMA = `create table authors (id bigint primary key, name text);
  create table books (id int primary key, author_id bigint references authors, title varchar(100), n int default 1);
  create index books_title on books (title);
  insert into authors select i, 'a' from generate_series(1, 20) i;
  insert into books select i, 1, 'b', i from generate_series(1, 100) i;
  create view shown as select id, title from books;
  create materialized view counted as select count(*) from authors;
  create type mood as enum ('sad'); create table moods (id int, m mood); insert into moods values (1, 'sad');
  create function f(mood) returns int language sql as 'select 1';
  create table part (id int, k int) partition by range (k);
  create table part1 partition of part for values from (0) to (100);
  create table "Odd ""one""" (id int);`

async function aLibrary(major: TestDatabase['major']): Promise<TestDatabase> {
  const database = await aDatabase({ major })
  await database.query(SCHEMA)
  return database
}

/** What each statement of some files did, in short. */
async function didAll(
  { url }: TestDatabase,
  files: Readonly<Record<string, string>>,
  overrides: Partial<Rehearsal> = {},
): Promise<string[]> {
  return measuredOf(await aRehearsal(url, files, overrides)).map(inShort)
}

const OF_BOOKS = 'books_pkey AccessExclusive; books_title AccessExclusive'

eachMajor('what a statement did, on a target and on a shadow', (major) => {
  it.each([
    ['alter table books add column c int', 'books AccessExclusive'],
    ['create index i on books (n)', 'books Share; scans books; makes index i'],
    [
      'update books set n = 0 where n < 11',
      'books RowExclusive; books_pkey RowExclusive; books_title RowExclusive; scans books; books +0 ~10 -0',
    ],
    ['delete from moods', 'moods RowExclusive; scans moods; moods +0 ~0 -1'],
    [
      'alter table books alter n type bigint',
      `books AccessExclusive+Share; ${OF_BOOKS}; rewrites books, books_pkey, books_title; scans books`,
    ],
    [
      'alter table books alter title type text collate "C"',
      `fails: cannot alter type of a column used by a view or rule`,
    ],
    ['alter table moods alter id set not null', 'moods AccessExclusive; scans moods'],
    ['truncate moods', 'moods AccessExclusive+Share; rewrites moods'],
    ['drop view shown', 'shown AccessExclusive; drops view shown'],
    [
      'drop table books cascade',
      `authors AccessExclusive; books AccessExclusive; ${OF_BOOKS}; shown AccessExclusive; drops table books; takes view shown`,
    ],
    [
      'drop table authors cascade',
      'authors AccessExclusive; authors_pkey AccessExclusive; books AccessExclusive; counted AccessExclusive; drops table authors; takes materialized view counted; takes table constraint books_author_id_fkey on books',
    ],
    [
      'drop type mood cascade',
      'moods AccessExclusive; drops type mood; takes function f(mood); takes table column moods.m',
    ],
    [
      'alter table books drop column title cascade',
      'books AccessExclusive; books_title AccessExclusive; shown AccessExclusive; drops table column books.title; takes view shown; takes index books_title',
    ],
    ['drop table part', 'part AccessExclusive; part1 AccessExclusive; drops table part; takes table part1'],
    ['alter table part add column z int', 'part AccessExclusive; part1 AccessExclusive'],
    [
      `do $$ begin execute 'alter table moods add column z float default random()'; end $$`,
      'moods AccessExclusive+Share; rewrites moods; scans moods',
    ],
    ['do $$ begin drop view shown; end $$', 'shown AccessExclusive; drops view shown'],
    ['refresh materialized view counted', expect.stringContaining('rewrites counted; scans authors')],
    [
      'create table new (id int primary key, m mood, check (id > 0))',
      'makes table new; makes table constraint new_id_check on new; makes table constraint new_pkey on new',
    ],
    [
      `create schema s; create function s.g() returns int language sql as 'select 1'; create policy p on moods;
       create trigger t before insert on moods for each row execute function suppress_redundant_updates_trigger()`,
      [
        'makes schema s',
        'makes function s.g()',
        'moods AccessExclusive; makes policy p on moods',
        'moods ShareRowExclusive; makes trigger t on moods; holds moods since 3',
      ],
    ],
    ['lock table "Odd ""one""" in share mode', '"Odd ""one""" Share'],
    ['comment on table moods is null', 'moods ShareUpdateExclusive'],
    ['select 1', ''],
  ])('is measured: %s', async (sql, expected) => {
    await using database = await aLibrary(major)
    const wanted = Array.isArray(expected) ? expected : [expected]
    for (const place of ['target', 'shadow'] as const) {
      const rehearsal = await aRehearsal(database.url, { '01_a.sql': sql }, { place })
      const [{ failure, measured = [] } = {}] = rehearsal
      expect(failure ? [`fails: ${failure.message}`] : measured.map(inShort)).toEqual(wanted)
    }
  })

  it('tells where a statement stands, its words, its time and what it wrote', async () => {
    await using database = await aLibrary(major)
    const text = `-- first\n\nupdate books\n  set n = 2; select pg_sleep(0.05);`
    const measured = measuredOf(await aRehearsal(database.url, { '01_a.sql': text }))
    expect(measured).toMatchObject([
      { statement: 1, position: { line: 3, column: 1, endLine: 4 }, text: 'update books set n = 2' },
      { statement: 2, position: { line: 4, column: 14 }, text: 'select pg_sleep(0.05)' },
    ])
    expect(measured[0]?.walBytes).toBeGreaterThan(1_000)
    expect(measured[1]?.durationMs).toBeGreaterThan(49)
    expect(measured[1]?.durationMs).toBeLessThan(5_000)
  })

  it('tells only what is new of locks, and since when one against everybody is held', async () => {
    await using database = await aLibrary(major)
    const files = {
      '01_a.sql':
        'lock table moods in share mode; alter table moods add a int; alter table moods add b int; drop view shown',
      '02_b.sql': 'alter table moods add c int; select from moods',
    }
    const own = [
      'moods Share',
      'moods AccessExclusive',
      'holds moods since 2',
      'shown AccessExclusive; drops view shown; holds moods since 2',
    ]
    // A transaction of its own: it takes its lock again.
    const next = ['moods AccessExclusive', 'moods AccessShare; scans moods; holds moods since 1']
    expect(await didAll(database, files)).toEqual([...own, ...next])
    expect(await didAll(database, files, { place: 'shadow' })).toEqual([...own, ...next])
  })

  it('leaves what the run itself made out of account', async () => {
    await using database = await aLibrary(major)
    const files = {
      '01_a.sql': 'create table new (id int primary key, t text); create index new_t on new (t)',
      '02_b.sql':
        'alter table new alter id type bigint; drop table new; alter table books rename to novels; drop table novels cascade',
    }
    const expected = [
      'makes table new; makes table constraint new_pkey on new',
      'makes index new_t',
      '',
      '',
      'books AccessExclusive',
      expect.stringMatching(/drops table books; takes view shown; holds books since 3$/),
    ]
    for (const place of ['target', 'shadow'] as const)
      expect(await didAll(database, files, { place })).toEqual(expected)
  })

  it('is measured whatever role, path and settings a file sets, and leaves them as they are', async () => {
    await using database = await aLibrary(major)
    const role = `weak_${database.name}`
    await database.query(`create role ${role}; grant create on schema public to ${role};
      create function public.int8(text) returns int8 language sql as 'select 7';
      create function never(oid, oid) returns bool language sql as 'select false';
      create operator public.= (leftarg = oid, rightarg = oid, procedure = never)`)
    const text = `set client_min_messages = error; set search_path = public, pg_catalog; lock table moods in share mode;
      set search_path = ''; set local role ${role}; create table public.mine (id int);
      do $$ begin
        if current_setting('search_path') <> '""' or current_user <> '${role}' then raise 'other settings'; end if;
      end $$; reset role; reset all; lock table public.moods; select * from pg_prepared_statements;
      deallocate all; create view public.last as select 1`
    for (const place of ['target', 'shadow'] as const) {
      const did = await didAll(database, { '01_a.sql': text, '02_b.sql': 'drop view public.last' }, { place })
      expect(did.filter((each) => each !== '')).toEqual([
        'moods Share',
        'makes table mine',
        'moods AccessExclusive',
        'holds moods since 10',
        'holds moods since 10',
        'makes view last; holds moods since 10',
      ])
    }
    await database.query(`drop owned by ${role}; drop role ${role}`)
  })

  it('makes no TOAST of its own, however a file has names quoted', async () => {
    await using database = await aLibrary(major)
    const text = 'set quote_all_identifiers = on; create table mine (t text); alter table books add long text'
    for (const place of ['target', 'shadow'] as const)
      expect(await didAll(database, { '01_a.sql': text }, { place })).toEqual([
        '',
        'makes table "public"."mine"',
        'books AccessExclusive',
      ])
  })

  it('costs no more in a long message: what is asked again and again is not kept with all of it', async () => {
    await using database = await aLibrary(major)
    const text = `/* ${'x'.repeat(500_000)} */ create table kept as select max(length(statement)) as n from pg_prepared_statements`
    await aRehearsal(database.url, { '01_a.sql': text }, { place: 'shadow' })
    const [kept] = await database.query<{ n: number }>('select n from kept')
    expect(kept?.n).toBeGreaterThan(100)
    expect(kept?.n).toBeLessThan(20_000)
  })

  it('is not to be forged by a file', async () => {
    await using database = await aLibrary(major)
    const forged = `select '{"begin":0,"end":0,"wal":"0/0","facts":["r:1:8:1:1:1:1:1"],"created":[[1,1,"table","forged"]]}' as devflow_0`
    expect(await didAll(database, { '01_a.sql': `${forged}; drop view shown` })).toEqual([
      '',
      'shown AccessExclusive; drops view shown',
    ])
  })

  it('is not told to have read and changed nothing where the server does not count, and that is said', async () => {
    await using database = await aLibrary(major)
    const text = 'alter table moods alter id set not null'
    const limits: string[] = []
    const limit = (sentence: string) => void limits.push(sentence)
    const off = `set track_counts = off;\nselect 1;\nset track_counts = on;\nselect 2;\nselect 3`
    const own = measuredOf(await aRehearsal(database.url, { '01_a.sql': off }, { limit }))
    expect(own.map(({ uncounted = false }) => uncounted)).toEqual([true, true, true, false, false])
    await database.query(`alter database ${database.name} set track_counts = off`)
    for (const place of ['target', 'shadow'] as const) {
      const [one] = measuredOf(await aRehearsal(database.url, { '01_a.sql': text }, { place, limit }))
      expect(one).toMatchObject({ scanned: [], rows: [], uncounted: true })
    }
    expect(limits).toEqual(Array(3).fill(expect.stringContaining('is not known where track_counts is off')))
  })

  it('is told of the statements before one that fails', async () => {
    await using database = await aLibrary(major)
    const files = { '01_a.sql': 'drop view shown;\nupdate books set n = n / 0;\nselect 1' }
    for (const place of ['target', 'shadow'] as const) {
      const [file] = await aRehearsal(database.url, files, { place })
      expect(file).toMatchObject({
        state: 'failed',
        failure: { code: '22012', statement: 2, position: { line: 2 } },
      })
      expect(file?.measured?.map(inShort)).toEqual(['shown AccessExclusive; drops view shown'])
    }
  })

  it('is measured beside rows of a COPY and values that are filled in, and errors stay where they are', async () => {
    await using database = await aLibrary(major)
    const text = `copy moods from stdin;\n5\tsad\n6\tsad\n\\.\ndrop view shown;\nselect 'é😀', n from moods;\n`
    const [file] = await aRehearsal(database.url, { '01_a.sql': text })
    expect(file?.measured?.map(inShort)).toEqual([
      'moods RowExclusive; moods +2 ~0 -0',
      'shown AccessExclusive; drops view shown',
    ])
    expect(file?.failure).toMatchObject({ code: '42703', statement: 3, position: { line: 6, column: 14 } })
    const rows = await aRehearsal(database.url, {
      '01_a.sql': `drop view shown;\ncopy moods from stdin;\n5\tsad\n6\tbad\n\\.\n`,
    })
    expect(rows[0]?.failure).toMatchObject({ code: '22P02', statement: 2, position: { line: 4 } })
  })
})
