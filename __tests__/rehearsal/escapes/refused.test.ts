import { existsSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { EscapeFacts } from '../../../src/rehearsal/escapes/escape-facts.js'
import { whyNoTables } from '../../../src/rehearsal/escapes/why-no-tables.js'
import { openParser } from '../../../src/sql/open-parser.js'
import { aClient } from '../../support/postgres/a-client.js'
import { aDatabase, type TestDatabase } from '../../support/postgres/a-database.js'
import { aFolder } from '../../support/postgres/a-folder.js'
import { eachMajor } from '../../support/postgres/major.js'
import { until } from '../../support/until.js'
import { factsOf, reasonsOf } from './judge-on.js'

/** Not sent, whatever there is in the database. */
const REFUSED: readonly (readonly [string, RegExp])[] = [
  ["copy t to '/tmp/x'", /^COPY writes a file/],
  ["copy (select 1) to program 'cat'", /^COPY runs a program/],
  ["copy t from program 'ls'", /^COPY runs a program/],
  ["select lo_export(1, '/tmp/x')", /^lo_export\(\) writes files/],
  ["select pg_catalog.pg_file_write('a', 'b', true)", /writes files/],
  ["select dblink_exec('host=other', 'delete from t')", /^dblink_exec\(\) acts on another server/],
  ["select * from extensions.dblink('x', 'select 1') as t (a int)", /another server/],
  ["select * from http_post('https://example.org', '', '')", /sends a request/],
  ['select pg_terminate_backend(1)', /sessions of others/],
  ['select pg_cancel_backend(1)', /sessions of others/],
  ['select pg_reload_conf()', /whole server/],
  ['select pg_switch_wal()', /whole server/],
  ["select pg_create_restore_point('a')", /whole server/],
  ["select pg_create_physical_replication_slot('a')", /replication slot/],
  ["select pg_drop_replication_slot('a')", /replication slot/],
  ["select * from pg_logical_slot_get_changes('a', null, null)", /replication slot/],
  ["select pg_replication_origin_advance('a', '0/1')", /replication origin/],
  ["select pg_logical_emit_message(false, 'a', 'b')", /log of changes/],
  ['select pg_stat_reset()', /statistics/],
  ["select pg_stat_reset_shared('bgwriter')", /statistics/],
  ['select pg_stat_statements_reset()', /statistics/],
  ['select pg_advisory_unlock_all()', /lock of the session/],
  ["select query_to_xml('select 1', true, true, '')", /SQL that is handed to it/],
  ["select * from crosstab('select 1')", /SQL that is handed to it/],
  ["load 'auto_explain'", /^LOAD keeps a library/],
  ['checkpoint', /^CHECKPOINT/],
  ['analyze', /^ANALYZE/],
  ['analyze t', /^ANALYZE/],
  ["do language plperlu 'system(1)'", /^it can not be told what code in plperlu does$/],
  ["do $$ begin execute current_setting('a.b'); end $$", /^it can not be told what EXECUTE runs/],
  [
    "do $$ begin execute 'insert into ' || quote_ident(current_user) || ' values (1)'; end $$",
    /what EXECUTE runs/,
  ],
  [
    "do $$ begin execute format('alter table %s add column a int', current_user); end $$",
    /what EXECUTE runs/,
  ],
  ["do $$ begin execute format('select %I()', current_user); end $$", /what EXECUTE runs/],
  ['do $$ declare c cursor for select pg_reload_conf(); begin open c; end $$', /whole server/],
  ['select f(1)', /^in public\.f\(\) it can not be told what EXECUTE runs/],
  ['insert into abroad values (1)', /^in the foreign table public\.abroad it can not be told/],
  ['delete from over_there', /^in the view public\.over_there, in the foreign table public\.abroad/],
  ['alter event trigger watch enable', /event trigger/],
  ['create foreign table x (a int) server far; insert into x values (1)', /foreign table/],
  [
    'import foreign schema a from server far into public; insert into public.unheard_of values (1)',
    /foreign table/,
  ],
  [
    "create function c() returns int language c as 'x', 'y'; select c()",
    /^in c\(\) it can not be told what code in c does/,
  ],
]

/** Said of the like, and wrong here. */
const FINE: readonly string[] = [
  'copy t from stdin',
  "copy t from '/tmp/x'",
  'copy t to stdout',
  "select pg_logical_emit_message(true, 'a', 'b')",
  "do $$ begin execute format('alter table %I owner to %I', 'a', 'b'); execute format('comment on table %1$I is %2$L', 'a', 'b'); end $$",
  "do $$ begin execute 'grant select on ' || quote_ident('t') || ' to ' || quote_ident('u'); end $$",
  'select * from abroad',
  'select g(1)',
  'select mine.http_get(1)',
  "select lo_import('/tmp/x')",
  "select pg_read_file('/tmp/x')",
  'create extension dblink',
]

describe('what leaves the database', () => {
  let database: TestDatabase
  let facts: EscapeFacts

  beforeAll(async () => {
    database = await aDatabase()
    await database.query(`
      create table t (a int);
      create function f(a int) returns int language plpgsql as $$ begin execute 'select ' || a; return 1; end $$;
      create function g(a int) returns int stable language plpgsql as $$ begin execute 'select ' || a; return 1; end $$;
      create schema mine;
      create function mine.http_get(a int) returns int language sql as $$ select a $$;
      create foreign data wrapper away; create server far foreign data wrapper away;
      create foreign table abroad (a int) server far;
      create view over_there as select * from abroad;
    `)
    facts = await factsOf(database)
  })

  afterAll(async () => {
    await database[Symbol.asyncDispose]()
  })

  it.each(REFUSED)('is not sent: %s', (sql, reason) => {
    expect(reasonsOf([sql], facts).at(-1)).toMatch(reason)
  })

  it.each(FINE)('is told from what does not: %s', (sql) => {
    expect(reasonsOf([sql], facts)).toEqual([null])
  })
})

describe('an event trigger of the target', () => {
  it.each([
    ['', ['create table t (a int)', 'grant select on s to public', 'select 1'], 'xx-'],
    [
      "when tag in ('DROP TABLE')",
      ['create table t (a int)', 'drop table s', 'do $$ begin drop table s; end $$'],
      '-xx',
    ],
  ])('keeps the commands back that it fires at, where it escapes %s', async (when, files, expected) => {
    await using database = await aDatabase()
    await database.query(`
      create table s (id serial, what text);
      create function note() returns event_trigger language plpgsql as $$ begin insert into s (what) values (tg_tag); end $$;
      create event trigger noting on ddl_command_end ${when} execute function note();
    `)
    const reasons = reasonsOf(files, await factsOf(database))
    expect(reasons.map((reason) => (reason === null ? '-' : 'x')).join('')).toBe(expected)
    expect(reasons.find(Boolean)).toMatch(
      /^by the event trigger noting, in public\.note\(\), by the default of id/,
    )
  })

  it('keeps the tracking tables back too', async () => {
    await using database = await aDatabase()
    await database.query(`
      create sequence counted;
      create function note() returns event_trigger language plpgsql as $$ begin perform nextval('counted'); end $$;
      create event trigger noting on ddl_command_end when tag in ('CREATE TABLE') execute function note();
    `)
    expect(whyNoTables(await openParser(), await factsOf(database))).toMatch(/^by the event trigger noting/)
  })

  it('keeps nothing back where it only notifies', async () => {
    await using database = await aDatabase()
    await database.query(`
      create function note() returns event_trigger language plpgsql as $$ begin notify pgrst, 'reload'; end $$;
      create event trigger noting on ddl_command_end execute function note();
    `)
    const facts = await factsOf(database)
    expect(reasonsOf(['create table t (a int)'], facts)).toEqual([null])
    expect(whyNoTables(await openParser(), facts)).toBeUndefined()
  })
})

eachMajor('what is refused without a look at the database', (major) => {
  it.each([
    ['COPY … TO a file', (path: string) => `copy (select 1) to '${path}'`],
    ['COPY … TO PROGRAM', (path: string) => `copy (select 1) to program 'cat > ${path}'`],
    [
      'COPY … FROM PROGRAM',
      (path: string) => `create temp table x (a text); copy x from program 'touch ${path}'`,
    ],
    ['lo_export()', (path: string) => `select lo_from_bytea(4711, 'a'); select lo_export(4711, '${path}')`],
  ])('outlives a rollback: %s', async (_, sql) => {
    await using database = await aDatabase({ major })
    await using folder = await aFolder()
    await chmod(folder.path, 0o777)
    const path = join(folder.path, 'written')
    await database.query(`begin; ${sql(path)}; rollback`)
    expect(existsSync(path)).toBe(true)
  })

  it.each([
    [
      'ANALYZE',
      'insert into t select generate_series(1, 50); analyze t',
      "select reltuples from pg_class where relname = 't'",
    ],
    ['pg_reload_conf()', 'select pg_reload_conf()', 'select pg_conf_load_time()'],
    [
      'pg_switch_wal()',
      'insert into t values (1); select pg_switch_wal(); insert into t values (1)',
      'select pg_walfile_name(pg_current_wal_insert_lsn())',
    ],
    [
      'CHECKPOINT',
      'insert into t values (1); checkpoint',
      'select checkpoint_lsn from pg_control_checkpoint()',
    ],
    [
      'pg_stat_reset()',
      'select pg_stat_reset()',
      'select stats_reset from pg_stat_database where datname = current_database()',
    ],
    [
      'pg_logical_emit_message(false)',
      "select pg_logical_emit_message(false, 'a', repeat('b', 100000))",
      "select pg_current_wal_insert_lsn() - pg_lsn(coalesce(current_setting('own.before', true), '0/0')) > 90000",
    ],
  ])('outlives a rollback: %s', async (_, sql, look) => {
    await using database = await aDatabase({ major })
    await database.query('create table t (a int)')
    await database.query("select set_config('own.before', pg_current_wal_insert_lsn()::text, false)")
    const before = await database.query(look)
    await database.query(`begin; ${sql}; rollback`)
    // The server's first process reads it, and then tells the others.
    if (sql.includes('reload'))
      await until(async () => !isDeepStrictEqual(await database.query(look), before))
    expect(await database.query(look)).not.toEqual(before)
  })

  it('outlives a rollback: pg_terminate_backend()', async () => {
    await using database = await aDatabase({ major })
    await using other = await aClient(database.url)
    const [row] = await other.query<{ pid: number }>('select pg_backend_pid() as pid')
    await database.query(`begin; select pg_terminate_backend(${row?.pid}, 2000); rollback`)
    await expect(other.query('select 1')).rejects.toThrow()
  })
})
