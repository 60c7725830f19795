import { expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../src/model/progress.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { until } from '../support/until.js'
import { aMigrator, verdict } from './a-migrator.js'

const many = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const version = String(index + 1).padStart(3, '0')
      return [`${version}_t.sql`, `-- the ${version}th\ncreate table t${version} (n int);\n`]
    }),
  )

const tables = async (database: TestDatabase) =>
  (await database.query(`select 1 from pg_tables where schemaname = 'public'`)).length

const applied = (events: readonly ProgressEvent[]) =>
  events.flatMap((event) => (event.kind === 'applied' ? [event.outcome.version] : []))

eachMajor('many files in one message', (major) => {
  it('are told one by one, while the server is still at the rest', async () => {
    await using database = await aDatabase({ major })
    await database.query('create sequence heard')
    // A file waits until those before it were heard of: told at the end only, they would wait for ever.
    const after = (count: number) =>
      `do $$ begin while (select last_value - 1 + is_called::int from heard) < ${count} loop perform pg_sleep(0.02); end loop; end $$;`
    const pause = 'select pg_sleep(0.4);'
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': `create table a (n int); ${pause}`,
      '02_b.sql': `${after(1)} create table b (n int); ${pause}`,
      '03_c.sql': `${after(2)} create table c (n int); ${pause}`,
    })
    const heard: Promise<unknown>[] = []
    const report = await migrator.run('migrate', {
      given: { rehearse: 'off' },
      system: {
        observe: (event) => {
          if (event.kind === 'applied') heard.push(database.query("select nextval('heard')"))
        },
      },
    })
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied, 03 applied')
    expect(await Promise.all(heard)).toHaveLength(3)
    expect(report.outcomes.every(({ durationMs }) => durationMs >= 300)).toBe(true)
  })

  it.each([
    ['where the server gives a place', 'create table x (n int);\nselect missing from x;', 2, 8],
    ['where it gives none', 'create table x (n int);\n\ninsert into x\n  values (1);\nselect 1/0;', 5, 1],
    ['behind characters of several bytes', "select 'żółć 🐘';\ninsert into nowhere values (1);", 2, 13],
  ])('fail at the right file, line and column %s', async (_, sql, line, column) => {
    await using database = await aDatabase({ major })
    const { '031_t.sql': _replaced, ...files } = many(60)
    await using migrator = await aMigrator(database.url, { ...files, '031_bad.sql': sql })
    const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
    const failed = report.outcomes.filter(({ state }) => state === 'failed')
    expect(failed.map(({ name }) => name)).toEqual(['031_bad.sql'])
    expect(failed[0]?.failure?.position).toMatchObject({ line, column })
    expect(report.outcomes.filter(({ state }) => state === 'applied')).toHaveLength(30)
    expect(report.outcomes.filter(({ state }) => state === 'not-run')).toHaveLength(29)
    expect(await tables(database)).toBe(30)
    expect(applied(migrator.events)).toHaveLength(31)
    const rows = await database.query(
      'select status, count(*)::int from devflow.schema_migrations group by 1 order by 1',
    )
    expect(rows).toEqual([
      { status: 'completed', count: 30 },
      { status: 'failed', count: 1 },
    ])
  })

  it('have the outcome of single files when the server can not read one of them', async () => {
    await using database = await aDatabase({ major: 15 })
    // PostgreSQL 18 has virtual generated columns; 15 can not read them, and refuses the whole message.
    const virtual = 'create table v (a int, b int generated always as (a + 1) virtual);'
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a (n int);',
      '02_b.sql': 'create table b (n int);',
      '03_v.sql': `-- new\n${virtual}`,
      '04_d.sql': 'create table d (n int);',
    })
    for (const rehearse of ['target', 'off']) {
      const report = await migrator.run('migrate', { given: { rehearse } })
      if (rehearse === 'target') {
        expect(verdict(report)).toBe('1 failed: 01 not-run, 02 not-run, 03 not-run, 04 not-run')
        expect(report.rehearsal.map(({ state }) => state)).toEqual([
          'rehearsed',
          'rehearsed',
          'failed',
          'not-run',
        ])
        expect(report.rehearsal[2]?.failure).toMatchObject({ code: '42601', position: { line: 2 } })
      } else {
        expect(verdict(report)).toBe('1 partial: 01 applied, 02 applied, 03 failed, 04 not-run')
        expect(report.outcomes[2]?.failure).toMatchObject({ code: '42601', position: { line: 2 } })
      }
    }
  })

  it('are not taken in by a file that sets marks of its own', async () => {
    await using database = await aDatabase({ major })
    const forged = `do $$ begin raise notice using errcode = 'DF000', message = 'x 0'; end $$;`
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': `${forged} create table a (n int); ${forged}`,
      '02_b.sql': 'select 1/0;',
    })
    const report = await migrator.run('migrate', { given: { rehearse: 'off' } })
    expect(verdict(report)).toBe('1 partial: 01 applied, 02 failed')
    expect(applied(migrator.events)).toEqual(['01', '02'])
  })

  it('go on behind a file that had to wait for a lock, and repeat nothing', async () => {
    await using database = await aDatabase({ major })
    await database.query('create table held (n int)')
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a as select 1 as n;',
      '02_b.sql': 'alter table held add column m int; insert into a values (2);',
      '03_c.sql': 'insert into a values (3);',
    })
    await database.query('begin; select * from held')
    const running = migrator.run('migrate', { given: { rehearse: 'off', 'lock-timeout': '200ms' } })
    await until(async () => migrator.events.some(({ kind }) => kind === 'retrying'))
    await database.query('rollback')
    const report = await running
    expect(verdict(report)).toBe('0 applied: 01 applied, 02 applied, 03 applied')
    expect(report.outcomes.map(({ attempts }) => attempts > 1)).toEqual([false, true, false])
    expect(await database.query('select n from a order by n')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
  })

  it('keep what one of them sets from the next', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': `create schema other; set search_path = other; set session_replication_role = replica;
        create temp table mine (n int); prepare p as select 1; listen x; set client_min_messages = error;`,
      '02_b.sql': `create table public.seen as select current_setting('search_path') as path,
        current_setting('session_replication_role') as replication, to_regclass('mine')::text as mine,
        (select count(*)::int from pg_prepared_statements) as prepared,
        (select count(*)::int from pg_listening_channels()) as channels;`,
    })
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied, 02 applied')
    expect(await database.query('select * from seen')).toEqual([
      { path: '"$user", public', replication: 'origin', mine: null, prepared: 0, channels: 0 },
    ])
  })
})
