import { expect, it } from '@jest/globals'
import { runOnce } from '../executors/sql/a-cut-work.js'
import { aRunnable } from '../executors/sql/a-work.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor, type Major } from '../support/postgres/major.js'
import { aMigrator, trouble, verdict } from './a-migrator.js'

const PREPARED = `create schema app; create schema other; grant all on schema app to pg_monitor; create table t (p text); create table app.t (p text);
create function setit() returns void language plpgsql as $$ begin perform set_config('search_path', 'app', false); end $$;
create function locally() returns void language plpgsql as $$ begin perform set_config('search_path', 'other', true); end $$;
create procedure setp() language plpgsql as $$ begin perform set_config('search_path', 'app', false); end $$;`

/** What a file finds behind some statements, in one session and where it is carried on in another. */
const SEEN = `create table x as select current_setting('search_path') as path, current_user::text as who,
  session_user::text as login, current_setting('work_mem') as memory, current_setting('DateStyle') as dates,
  current_setting('default_transaction_isolation') as isolation, current_setting('app.tenant', true) as tenant;`

async function seen(database: TestDatabase) {
  const [place] = await database.query<{ schema: string }>(
    `select relnamespace::regnamespace::text as schema from pg_class where relname = 'x'`,
  )
  return [place, await database.query(`select * from ${place?.schema}.x`)]
}

const OFF = { given: { rehearse: 'off' } } as const

/** A file that stops behind its first statements, is mended there and carried on; or that never stopped. */
async function run(major: Major, text: string, stops: boolean) {
  await using database = await aDatabase({ major })
  await using migrator = await aMigrator(database.url, { '01_t.sql': PREPARED })
  await migrator.run('migrate', OFF)
  if (stops) {
    await migrator.write('02_a.sql', `${text}\nvacuum nope;\n${SEEN}`)
    expect(verdict(await migrator.run('migrate', OFF))).toBe('1 partial: 02 partial')
  }
  await migrator.write('02_a.sql', `${text}\nvacuum public.t;\n${SEEN}`)
  const report = await migrator.run('migrate', OFF)
  expect([verdict(report), trouble(report)]).toEqual(['0 applied: 02 applied', expect.anything()])
  return await seen(database)
}

eachMajor('a session that is lost behind some statements of a file', (major) => {
  it.each([
    `select set_config('search_path', 'app', false);`,
    `with s as (select set_config('search_path', 'app', false)) select * from s;`,
    `select (select set_config('search_path', 'app', false));`,
    'select setit();',
    `insert into public.t (p) select set_config('search_path', 'app', false);`,
    'call setp();',
    `select * from set_config('search_path', 'app', false);`,
    `values (set_config('search_path', 'app', false));`,
    `explain analyze select set_config('search_path', 'app', false);`,
    `update pg_settings set setting = 'app' where name = 'search_path';`,
    `select setit(); reset search_path;`,
    `set search_path = other; select public.setit();`,
    `set search_path = app; reset all;`,
    `set local search_path = app;`,
    `-- devflow:no-transaction\nselect setit(); select public.locally();`,
    `-- devflow:no-transaction\nbegin; set search_path = app; set local search_path = other; commit;`,
    `-- devflow:no-transaction\nbegin; select setit(); rollback;`,
    `select setit(); select set_config('role', 'pg_monitor', false), set_config('work_mem', '7MB', false), set_config('datestyle', 'sql, dmy', false);`,
    `set session authorization pg_monitor; select set_config('role', 'none', false); reset role; reset session authorization;`,
    `set session authorization pg_monitor; set search_path = app;`,
    `set session characteristics as transaction isolation level serializable; set app.tenant = 'm"\\''é';`.replace(
      `\\''`,
      `''`,
    ),
  ])('is set as it was where the file is carried on: %s', async (text) => {
    expect(await run(major, text, true)).toEqual(await run(major, text, false))
  })

  it('keeps its search path where a default of the database is another by then', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': PREPARED })
    await migrator.run('migrate', OFF)
    const text = `alter database ${database.name} set search_path = other;`
    await migrator.write('02_a.sql', `${text}\nvacuum nope;\n${SEEN}`)
    await migrator.run('migrate', OFF)
    await migrator.write('02_a.sql', `${text}\nvacuum t;\n${SEEN}`)
    expect(verdict(await migrator.run('migrate', OFF))).toBe('0 applied: 02 applied')
    expect(await seen(database)).toMatchObject([{ schema: 'public' }, [{ path: '"$user", public' }]])
  })

  it('has what the file set back as the database has it, not as a run sets it', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': PREPARED })
    await migrator.run('migrate', OFF)
    await database.query(`alter database ${database.name} set default_transaction_isolation = serializable`)
    await migrator.write('02_a.sql', `reset default_transaction_isolation;\nvacuum nope;\n${SEEN}`)
    expect(verdict(await migrator.run('migrate', OFF))).toBe('1 partial: 02 partial')
    await migrator.write('02_a.sql', `reset default_transaction_isolation;\nvacuum t;\n${SEEN}`)
    expect(verdict(await migrator.run('migrate', OFF))).toBe('0 applied: 02 applied')
    expect(await seen(database)).toMatchObject([{}, [{ isolation: 'serializable' }]])
  })

  it('stops the run where it can not be set so any more, and says so', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': PREPARED })
    await migrator.run('migrate', OFF)
    const role = `gone_${database.name}`
    await database.query(`create role ${role}`)
    const text = `select set_config('role', '${role}', false) from public.t union all select set_config('role', '${role}', false);`
    await migrator.write('02_a.sql', `${text}\nvacuum nope;\n${SEEN}`)
    expect(verdict(await migrator.run('migrate', OFF))).toBe('1 partial: 02 partial')
    await database.query(`drop role ${role}`)
    const report = await migrator.run('migrate', OFF)
    expect(verdict(report)).toBe('1 partial: 02 partial')
    expect(report.outcomes[0]?.failure).toMatchObject({
      message: `the session can not be set as statement 1 of the file left it: role "${role}" does not exist`,
      hint: expect.stringMatching(/^Make that possible again, and run again. Or: .*repair --applied 02/),
    })
    await database.query(`create role ${role}; grant all on schema public to ${role}`)
    await migrator.write('02_a.sql', `${text}\nvacuum t;\n${SEEN}`)
    expect(verdict(await migrator.run('migrate', OFF))).toBe('0 applied: 02 applied')
    expect(await seen(database)).toMatchObject([{}, [{ who: role }]])
    await database.query(`drop owned by ${role}; drop role ${role}`)
  })

  it('is journaled without what may be secret', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': `set app.tenant = 's3cret'; set statement_timeout = '7min'; set work_mem = '7MB';\nvacuum nope;`,
    })
    const report = await migrator.run('migrate', OFF)
    expect([verdict(report), trouble(report)]).toEqual(['1 partial: 01 partial', expect.anything()])
    const [row] = await database.query<{ session: unknown }>(
      `select journal::json -> 'session' as session from devflow.schema_migrations`,
    )
    expect(row?.session).toEqual({
      default_transaction_isolation: 'read committed',
      role: 'none',
      search_path: '"$user", public',
      work_mem: '7168',
    })
  })

  it('is set as the text says where a journal is of an older version', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': PREPARED })
    await migrator.run('migrate', OFF)
    await migrator.write('02_a.sql', `set search_path = app;\nvacuum nope;\n${SEEN}`)
    await migrator.run('migrate', OFF)
    await database.query(
      `update devflow.schema_migrations set journal = (journal::jsonb - 'session')::text where version = '02'`,
    )
    await migrator.write('02_a.sql', `set search_path = app;\nvacuum public.t;\n${SEEN}`)
    expect(verdict(await migrator.run('migrate', OFF))).toBe('0 applied: 02 applied')
    expect(await seen(database)).toMatchObject([{ schema: 'app' }, [{}]])
  })

  it('is set as it was wherever the run was cut off, or is told to be unknown', async () => {
    await using database = await aDatabase({ major })
    const migrations = [
      await aRunnable(
        '01_a.sql',
        `-- devflow:no-transaction
set search_path = app; create table a (); select public.locally(); create table b ();
vacuum public.t; call public.seto(); create table c (); begin; reset search_path; commit; create table d ();`,
      ),
    ]
    const anew = `drop schema if exists app, other, devflow cascade; drop table if exists t, d;
      drop function if exists setit, locally; drop procedure if exists setp, seto; ${PREPARED}
      create procedure seto() language plpgsql as $$ begin perform set_config('search_path', 'other', false); end $$;`
    const made = `select string_agg(relname || ' in ' || relnamespace::regnamespace, ', ' order by relname) as made
      from pg_class where relname in ('a', 'b', 'c', 'd')`
    await database.query(anew)
    const { sent } = await runOnce(database.url, migrations)
    const unknown: string[] = []
    for (const at of sent.keys()) {
      await database.query(anew)
      await runOnce(database.url, migrations, { at, when: 'after' })
      const { outcomes } = await runOnce(database.url, migrations)
      const failure = outcomes[0]?.failure
      if (failure && failure.code !== 'DF001') unknown.push(failure.message)
      else
        expect(await database.query(made)).toEqual([{ made: 'a in app, b in app, c in other, d in public' }])
    }
    // A CALL that was cut off; and what a function sets for its transaction only, seen just before the end of that.
    expect(unknown).toEqual([
      expect.stringContaining('right behind statement 3, which set something in its session'),
      ...Array(2).fill(expect.stringMatching(/^Statement 6 of \d+ \(CALL.* was cut off/)),
    ])
  }, 60_000)
})
