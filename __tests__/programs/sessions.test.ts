import { expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../src/model/progress.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { eachMajor, type Major } from '../support/postgres/major.js'
import { aMigrator, verdict } from './a-migrator.js'

/** Everything that a session can keep. Settings that only tell of the server or the moment are left out. */
const snapshot = `insert into seen
  select 'setting ' || name, setting from pg_settings where source in ('session', 'interactive')
  union all select 'search_path', current_setting('search_path')
  union all select 'role', current_user || '/' || session_user || '/' || current_setting('role')
  union all select 'prepared ' || name, statement from pg_prepared_statements where name = 'mine'
  union all select 'cursor ' || name, statement from pg_cursors where name = 'mine'
  union all select 'listening', c from pg_listening_channels() c
  union all select 'temp', relname from pg_class where relname = 'leaked'
  union all select 'lock', mode from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and objsubid = 2;`

const leaks: readonly (readonly [what: string, sql: string])[] = [
  ['search_path as pg_dump sets it', `select pg_catalog.set_config('search_path', '', false);`],
  ['a SET search_path', 'set search_path = nowhere;'],
  ['SET ROLE', 'set role ROLE;'],
  ['SET SESSION AUTHORIZATION', 'set session authorization ROLE;'],
  ['session_replication_role', 'set session_replication_role = replica;'],
  ['a temporary table', 'create temp table leaked (n int);'],
  ['LISTEN', 'listen mine;'],
  ['a prepared statement', 'prepare mine as select 1;'],
  ['a cursor WITH HOLD', 'declare mine cursor with hold for select 1;'],
  ['a lock timeout', `set lock_timeout = '1ms';`],
  ['a statement timeout', `set statement_timeout = '250ms';`],
  ['a read-only session', 'set session characteristics as transaction read only;'],
  ['an isolation level', 'set session characteristics as transaction isolation level serializable;'],
  ['row_security and its like', 'set row_security = off; set check_function_bodies = off; set time zone 5;'],
  ['a setting of its own', `set my.app = 'x';`],
  ['messages', 'set client_min_messages = error; set client_encoding = latin1;'],
]

async function aRole(database: TestDatabase): Promise<AsyncDisposable & { readonly name: string }> {
  const name = `weak_${database.name}`
  await database.query(`create role ${name}`)
  return {
    name,
    async [Symbol.asyncDispose]() {
      await database.query(`drop owned by ${name}`)
      await database.query(`drop role ${name}`)
    },
  }
}

const clean = new Map<Major, Promise<object[]>>()

/** What a file sees before which nothing was left. */
function cleanOn(major: Major): Promise<object[]> {
  const known = clean.get(major) ?? lookAtClean(major)
  clean.set(major, known)
  return known
}

async function lookAtClean(major: Major): Promise<object[]> {
  await using database = await aDatabase({ major })
  await database.query('create table seen (what text, value text)')
  await using migrator = await aMigrator(database.url, { '00_clean.sql': snapshot })
  await migrator.run('migrate')
  return await database.query('table seen')
}

async function leak(major: Major, sql: string): Promise<{ said: string; seen: object[]; clean: object[] }> {
  await using database = await aDatabase({ major })
  await using role = await aRole(database)
  await database.query('create table seen (what text, value text)')
  await database.query(`grant all on seen to ${role.name}`)
  await using migrator = await aMigrator(database.url, {
    '01_a.sql': sql.replaceAll('ROLE', role.name),
    '02_b.sql': `create table public.made (); ${snapshot}`,
  })
  const report = await migrator.run('migrate')
  const owners = await database.query(
    `select distinct tableowner as what from pg_tables where schemaname in ('public', 'devflow')`,
  )
  expect(owners).toHaveLength(1)
  return { said: verdict(report), seen: await database.query('table seen'), clean: await cleanOn(major) }
}

eachMajor('a session', (major) => {
  it.each(leaks)('carries %s to no other file', async (_, sql) => {
    const { said, seen, clean } = await leak(major, sql)
    expect(said).toBe('0 applied: 01 applied, 02 applied')
    expect(seen).toEqual(clean)
  })

  it.each(leaks)('carries %s out of no file that is not in a transaction', async (_, sql) => {
    const { said, seen, clean } = await leak(major, `-- devflow:no-transaction\n${sql}`)
    expect(said).toBe('0 applied: 01 applied, 02 applied')
    expect(seen).toEqual(clean)
  })

  it('gives a file the timeouts that it asks for', async () => {
    await using database = await aDatabase({ major })
    const look = `insert into seen select current_setting('lock_timeout'), current_setting('statement_timeout');`
    await using migrator = await aMigrator(database.url, {
      '01_t.sql': 'create table seen (lock text, statement text);',
      '02_a.sql': `-- devflow:lock-timeout=7s\n-- devflow:statement-timeout=9m\n${look}`,
      '03_b.sql': look,
      '04_c.sql': `-- devflow:no-transaction\n-- devflow:lock-timeout=8s\n-- devflow:statement-timeout=10m\n${look}`,
      '05_d.sql': `-- devflow:no-transaction\n${look}`,
    })
    const report = await migrator.run('migrate', {
      given: { 'lock-timeout': '5s', 'statement-timeout': '11m' },
    })
    expect(report.exitCode).toBe(0)
    expect(await database.query('table seen')).toEqual([
      { lock: '7s', statement: '9min' },
      { lock: '5s', statement: '11min' },
      { lock: '8s', statement: '10min' },
      { lock: '5s', statement: '11min' },
    ])
  })

  it('is not killed by the statement_timeout of its role or database', async () => {
    await using database = await aDatabase({ major })
    await database.query(`alter database ${database.name} set statement_timeout = '1s'`)
    await database.query(`alter database ${database.name} set lock_timeout = '1ms'`)
    await database.query(`alter database ${database.name} set idle_in_transaction_session_timeout = '1ms'`)
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'select pg_sleep(1.2);',
      '02_b.sql': '-- devflow:no-transaction\nselect pg_sleep(1.2);',
    })
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied, 02 applied')
  })

  it.each([
    ['default_transaction_isolation', 'serializable'],
    ['default_transaction_isolation', `'repeatable read'`],
    ['standard_conforming_strings', 'off'],
    ['session_replication_role', 'replica'],
    ['search_path', `''`],
    ['client_min_messages', 'error'],
    ['row_security', 'off'],
    ['transform_null_equals', 'on'],
    ['plpgsql.extra_errors', `'all'`],
    ['plpgsql.variable_conflict', `'use_column'`],
    ['DateStyle', `'German, DMY'`],
    ['TimeZone', `'Asia/Kathmandu'`],
    ['quote_all_identifiers', 'on'],
  ])('is not disturbed by a database that sets %s to %s', async (name, value) => {
    await using database = await aDatabase({ major })
    await database.query(`load 'plpgsql'`)
    await database.query(`alter database ${database.name} set ${name} = ${value}`)
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': `create table public.a (n text); insert into public.a values ('x');`,
      '02_b.sql': '-- devflow:no-transaction\ncreate table public.c ();',
    })
    expect(verdict(await migrator.run('migrate'))).toBe('0 applied: 01 applied, 02 applied')
    expect(verdict(await migrator.run('verify'))).toBe('0 up-to-date')
  })

  it('is not killed by the other timeouts of its role or database', async () => {
    await using database = await aDatabase({ major })
    await database.query(`alter database ${database.name} set idle_session_timeout = '1s'`)
    if (major >= 17) await database.query(`alter database ${database.name} set transaction_timeout = '1s'`)
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'select pg_sleep(1.2);',
      '02_b.sql': '-- devflow:no-transaction\nselect pg_sleep(1.2);',
    })
    const confirm = () => new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 1_500))
    expect(verdict(await migrator.run('migrate', { system: { confirm } }))).toBe(
      '0 applied: 01 applied, 02 applied',
    )
  })

  it.each(['plan', 'status', 'verify', 'history'])(
    'is not missed by %s where it is ended while nothing is asked of it',
    async (command) => {
      await using database = await aDatabase({ major })
      await using migrator = await aMigrator(database.url, { '01_a.sql': 'create table a ();' })
      await migrator.run('migrate')
      await migrator.write('02_b.sql', 'create table b ();')
      await database.query(`alter database ${database.name} set idle_session_timeout = '500ms'`)
      // As what is pending is judged for long.
      const observe = ({ kind }: ProgressEvent) => {
        if (kind === 'connected') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500)
      }
      const report = await migrator.run(command, { system: { observe } })
      expect([report.problems, report.exitCode]).toEqual([[], command === 'verify' ? 1 : 0])
    },
  )

  it('that is lost while somebody thinks about the answer is made good', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_a.sql': 'create table a ();' })
    const confirm = async () => {
      await database.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
        [database.name],
      )
      return true
    }
    const report = await migrator.run('migrate', { system: { confirm } })
    expect(verdict(report)).toBe('0 applied: 01 applied')
    expect(verdict(await migrator.run('migrate'))).toBe('0 up-to-date')
  })

  it('keeps files that drop, empty or edit the tracking table from being applied', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, { '01_t.sql': 'create table t (n int);' })
    await migrator.run('migrate')
    for (const sql of ['drop schema devflow cascade;', 'delete from devflow.schema_migrations;']) {
      await migrator.write('02_b.sql', `insert into t values (1); ${sql}`)
      expect(verdict(await migrator.run('migrate'))).toBe('1 failed: 02 failed')
      expect(await database.query('select * from t')).toEqual([])
      expect(
        await database.query('select version, status from devflow.schema_migrations order by version'),
      ).toEqual([
        { version: '01', status: 'completed' },
        { version: '02', status: 'failed' },
      ])
    }
  })

  it('stops at the file that releases the lock of the run, whose statement no rehearsal on the target sends', async () => {
    await using database = await aDatabase({ major })
    await using migrator = await aMigrator(database.url, {
      '01_a.sql': 'create table a ();',
      '02_b.sql': 'select pg_advisory_unlock_all();',
      '03_c.sql': 'create table c ();',
    })
    const report = await migrator.run('migrate')
    expect(report.rehearsal[1]?.left).toMatchObject([
      { reason: expect.stringContaining('pg_advisory_unlock_all') },
    ])
    expect(verdict(report)).toBe('1 partial: 01 applied, 02 failed, 03 not-run')
    expect(report.outcomes[1]?.failure?.code).toBe('DF002')
    expect(
      await database.query('select version, status from devflow.schema_migrations order by version'),
    ).toEqual([
      { version: '01', status: 'completed' },
      { version: '02', status: 'failed' },
    ])
  })
})
