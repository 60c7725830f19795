import { expect, it } from '@jest/globals'
import { aClient } from '../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, rehearsed, trouble, verdict } from './a-migrator.js'

const CATALOGS =
  'class attribute proc type namespace constraint index trigger enum policy event_trigger extension description default_acl largeobject_metadata rewrite depend'

/** A digest of what the database's own catalogs say and what its table holds. */
async function digest(database: TestDatabase): Promise<object[]> {
  const tables = [...CATALOGS.split(' ').map((name) => `pg_${name}`), 'users']
  const queries = tables.map(
    (name) =>
      `select '${name}' as name, count(*)::int as rows, md5(string_agg(t::text, '|' order by t::text)) as digest from ${name} t`,
  )
  return database.query(`${queries.join(' union all ')} order by name`)
}

/** A deferred constraint, and rows that need it. */
const FIRST_THE_CHILD = `create table p (i int primary key); create table ch (i int references p deferrable initially deferred);
insert into ch values (1);
insert into p values (1);`

eachMajor('a rehearsal', (major) => {
  it('leaves nothing behind, sequences included', async () => {
    await using database = await aDatabase({ major })
    await database.query(`create table users (id int generated always as identity, name text);
      insert into users (name) values ('ann'), ('bob'); analyze users`)
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': `create schema s; create table s.t (id serial primary key); insert into s.t default values;
        insert into users (name) values ('eve'); update users set name = upper(name); comment on table users is 'x';`,
      '02_b.sql': `create type s.mood as enum ('sad'); create function s.f() returns int language sql as 'select 1';
        create role r_${database.name}; grant select on users to r_${database.name}; select lo_create(0);
        alter table users enable row level security; create policy p on users; create index on users (name);`,
      '03_c.sql': 'create index concurrently i on users (id);',
      '04_d.sql': 'begin; truncate users; notify x; create extension plpgsql_x; commit;',
    })
    const before = await digest(database)
    for (const command of ['dry-run', 'migrate']) {
      const report = await migrator.run(command, { given: { 'dry-run': 'true' } })
      expect(report).toMatchObject({ exitCode: 1, status: 'failed', dryRun: true, outcomes: [] })
      expect(rehearsed(report)).toBe('01 partly-rehearsed, 02 rehearsed, 03 not-rehearsable, 04 failed')
    }
    expect(await digest(database)).toEqual(before)
    expect(await database.query(`select to_regnamespace('devflow') as d`)).toEqual([{ d: null }])
    expect(await database.query('select from pg_roles where rolname = $1', [`r_${database.name}`])).toEqual(
      [],
    )
    expect(await database.query(`select nextval('users_id_seq')::int as id`)).toEqual([{ id: 3 }])
  })

  it('shows that everything would apply, and applies nothing', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a ();',
      '02_b.sql': 'alter table a add n int;',
    })
    const report = await migrator.run('dry-run')
    expect(verdict(report)).toBe('0 rehearsed')
    expect(rehearsed(report)).toBe('01 rehearsed, 02 rehearsed')
    expect(report.ready).toBe(false)
    expect(await database.query(`select to_regclass('a') as a`)).toEqual([{ a: null }])
  })

  it('blocks an enum value that is used in the file that adds it', async () => {
    await using database = await aDatabase({ major })
    await database.query(`create type mood as enum ('sad'); create table t (m mood)`)
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': `alter type mood add value 'g"l';\ninsert into t values ('sad');`,
      '02_b.sql': `alter type mood add value 'la';\ninsert into t values ('la');`,
    })
    const report = await migrator.run('migrate')
    expect(rehearsed(report)).toBe('01 rehearsed, 02 failed')
    expect(report.rehearsal[1]?.failure).toMatchObject({ code: '55P04', position: { line: 2 } })
  })

  it('does not take the enum value of an earlier file for one whose name is a part of it', async () => {
    await using database = await aDatabase({ major })
    await database.query(`create type mood as enum ('sad'); create table t (m mood)`)
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': `alter type mood add value 'glad';`,
      '02_b.sql': `alter type mood add value 'la'; insert into t values ('glad');`,
    })
    const report = await migrator.run('migrate')
    expect(rehearsed(report)).toBe('01 rehearsed, 02 not-rehearsable')
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied')
  })

  it('is not stopped by what only its one transaction keeps in use', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `create table p (id int primary key);
        create table c (id int references p deferrable initially deferred);
        insert into c values (1); insert into p values (1);`,
      '02_alter.sql': 'alter table c add column n int; alter table p add column n int;',
      '03_cursor.sql': 'declare mine cursor with hold for select * from c;',
      '04_alter.sql': 'alter table c add column o int;',
      '05_temp.sql': 'create temp table leaked (n int) on commit drop; insert into leaked values (1);',
      '06_temp.sql':
        'create temp table leaked (n int); insert into c (id) values (2); insert into p (id) values (2);',
    })
    const report = await migrator.run('migrate')
    expect(trouble(report)).not.toContain('"failed"')
    expect(report.status).toBe('applied')
    expect(report.rehearsal.map(({ state }) => state)).toEqual(Array(6).fill('rehearsed'))
  })

  it('checks deferred constraints file by file, as COMMIT does', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': `create table p (id int primary key);
        create table c (id int references p deferrable initially deferred);`,
      '02_broken.sql': 'insert into c values (1);',
      '03_mended.sql': 'insert into p values (1);',
    })
    const report = await migrator.run('migrate')
    expect(rehearsed(report)).toBe('01 rehearsed, 02 failed, 03 not-run')
    expect(report.rehearsal[1]?.failure?.code).toBe('23503')
  })

  it.each([
    ['that the file makes itself', '', FIRST_THE_CHILD],
    [
      'of one name with a constraint that can not wait',
      `create table p (i int primary key); create table ch (i int, constraint c foreign key (i) references p deferrable initially deferred);
        create table o (i int, constraint c foreign key (i) references p);`,
      'insert into ch values (1); insert into p values (1);',
    ],
  ])('lets a later file put off constraints %s', async (_, before, sql) => {
    await using database = await aDatabase({ major })
    if (before) await database.query(before)
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': 'create table t (i int);',
      '02_b.sql': sql,
      '03_c.sql': 'insert into ch values (2); insert into p values (2);',
    })
    const report = await migrator.run('migrate')
    expect(rehearsed(report)).toBe('01 rehearsed, 02 rehearsed, 03 rehearsed')
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied, 03 applied')
  })

  it('is not disturbed by deferred constraints that it can not defer again', async () => {
    await using database = await aDatabase({ major })
    const role = `weak_${database.name}`
    await database.query(`create role ${role} login password 'x'; create schema closed; create schema own authorization ${role};
      create table closed.a (id int, constraint a_id unique (id) deferrable initially deferred);
      create table own.a (id int, constraint same unique (id) deferrable initially deferred);
      create table own.b (id int, constraint same_index unique (id), constraint same check (id > 0));
      grant create on database ${database.name} to ${role}`)
    const url = new URL(database.url)
    url.username = role
    url.password = 'x'
    await using migrator = await aMigrator(url.href, {
      '01_a.sql': 'create table own.c ();',
      '02_b.sql': 'create table own.d ();',
    })
    const report = await migrator.run('migrate')
    await database.query(
      `reassign owned by ${role} to current_user; drop owned by ${role}; drop role ${role}`,
    )
    expect(trouble(report)).not.toContain('"failed"')
    expect(rehearsed(report)).toBe('01 rehearsed, 02 rehearsed')
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied')
  })

  it.each([
    [
      'a constraint that uses the index of an earlier file',
      'create unique index concurrently i on t (n);',
      'alter table t add constraint c unique using index i;',
    ],
    [
      'a conflict target that only the index of an earlier file makes one',
      'create unique index concurrently i on u (n);',
      'insert into u values (1) on conflict (n) do nothing;',
    ],
    [
      'rows that the index dropped before would refuse',
      'drop index concurrently old;',
      'insert into t values (9);',
    ],
    ['a name that an earlier file frees', 'drop index concurrently old;', 'create index old on t (n);'],
    [
      'a database that an earlier file makes',
      'create database DB_x;',
      `alter database DB_x set work_mem = '8MB';`,
    ],
  ])('is not stopped by %s', async (_, before, after) => {
    await using database = await aDatabase({ major })
    await database.query(
      `create table u (n int); create table t (n int); insert into t values (9); create unique index old on t (n)`,
    )
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': before.replaceAll('DB', database.name),
      '02_b.sql': after.replaceAll('DB', database.name),
      '03_c.sql': 'create table after ();',
    })
    const report = await migrator.run('migrate')
    await database.query(`drop database if exists ${database.name}_x`)
    expect(trouble(report)).not.toContain('"failed"')
    expect(report.rehearsal.map(({ state }) => state).slice(0, 2)).toEqual([
      'not-rehearsable',
      'not-rehearsable',
    ])
    expect(report.rehearsal[1]?.reason).toContain('01_a.sql')
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied, 03 applied')
  })

  it('leaves out what can not run in a transaction, and runs the rest of the file', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table t (n int); create index concurrently i on t (n); vacuum t; select 1/0;',
    })
    const report = await migrator.run('dry-run')
    expect(report.rehearsal).toMatchObject([
      { state: 'failed', failure: { code: '22012', statement: 4, position: { line: 1, column: 73 } } },
    ])
    await migrator.write(
      '01_a.sql',
      'create table t (n int); create index concurrently i on t (n); vacuum t;',
    )
    expect((await migrator.run('dry-run')).rehearsal).toMatchObject([
      {
        state: 'partly-rehearsed',
        reason: 'CREATE INDEX CONCURRENTLY, VACUUM can not run in a transaction and was left out',
      },
    ])
  })

  it('gives up where others hold a lock, within a second, and does not stop the run', async () => {
    await using database = await aDatabase({ major })
    await using other = await aClient(database.url)
    await other.query('create table held ()')
    await other.query('begin')
    await other.query('lock table held in share mode')
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a ();',
      '02_b.sql': 'alter table held add n int;',
      '03_c.sql': 'create table c ();',
    })
    const started = Date.now()
    const report = await migrator.run('dry-run')
    // It would wait until the other one ends.
    expect(Date.now() - started).toBeLessThan(25_000)
    expect(verdict(report)).toBe('0 rehearsed')
    expect(rehearsed(report)).toBe('01 rehearsed, 02 not-rehearsable, 03 not-run')
    expect(report.rehearsal[1]?.reason).toContain('no longer than 1 s')
    const running = migrator.run('migrate')
    await other.query('select pg_sleep(1.5)')
    await other.query('commit')
    expect(verdict(await running)).toBe('0 applied: 01 applied, 02 applied, 03 applied')
  })

  it('gives up on a statement that is cancelled for its length, and does not stop the run', async () => {
    await using database = await aDatabase({ major })
    await database.query('create table speed (sleep float); insert into speed values (30)')
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': `set statement_timeout = '2s'; select pg_sleep(sleep) from speed;`,
    })
    const report = await migrator.run('migrate', {
      system: {
        confirm: async () => {
          await database.query('update speed set sleep = 0')
          return true
        },
      },
    })
    expect(rehearsed(report)).toBe('01 not-rehearsable')
    expect(report.rehearsal[0]?.reason).toContain('by a limit that it set itself')
    expect(verdict(report)).toBe('0 applied: 01 applied')
  })

  it('sends no COMMIT of a file', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'begin; create table a (); commit;',
      '02_b.sql': 'START TRANSACTION ISOLATION LEVEL READ COMMITTED; create table b (); END;',
    })
    const report = await migrator.run('dry-run')
    expect(rehearsed(report)).toBe('01 rehearsed, 02 rehearsed')
    expect(await database.query(`select to_regclass('a') as a, to_regclass('b') as b`)).toEqual([
      { a: null, b: null },
    ])
  })

  it('lets procedures of a file that is declared no-transaction commit when it is applied', async () => {
    await using database = await aDatabase({ major })
    await database.query(`create table t (n int); create type m as enum ('a');
      create procedure p() language plpgsql as $$ begin insert into t values (1); commit; end $$`)
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': '-- devflow:no-transaction\ncall p();',
      '02_b.sql': `-- devflow:no-transaction\nalter type m add value 'b'; select 'b'::m;`,
    })
    const report = await migrator.run('migrate')
    expect(rehearsed(report)).toBe('01 not-rehearsable, 02 not-rehearsable')
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied')
  })

  it('is no failure of a file where the role may not make the tracking tables', async () => {
    await using database = await aDatabase({ major })
    const role = `weak_${database.name}`
    await database.query(`create role ${role} login password 'x'`)
    const url = new URL(database.url)
    url.username = role
    url.password = 'x'
    await using migrator = await aMigrator(url.href, { '01_a.sql': 'select 1;' })
    for (const command of ['dry-run', 'migrate']) {
      const report = await migrator.run(command)
      expect(report).toMatchObject({ exitCode: 2, rehearsal: [], outcomes: [] })
      expect(report.problems[0]?.message).toContain('tracking tables')
      expect(report.problems[0]?.message).toContain('permission denied')
    }
    await database.query(`drop role ${role}`)
  })
})
