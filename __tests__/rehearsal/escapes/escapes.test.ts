import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { EscapeFacts } from '../../../src/rehearsal/escapes/escape-facts.js'
import { aDatabase, type TestDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { SCHEMA } from './a-schema.js'
import { factsOf, reasonsOf } from './judge-on.js'
import { wholeDatabase } from './whole-database.js'

/** Each escapes, and what is said of it. */
const ESCAPING: readonly (readonly [string, RegExp])[] = [
  ["select nextval('ids')", /^nextval\(\) advances the sequence public\.ids, which no rollback undoes$/],
  ["select pg_catalog.nextval('public.ids'::regclass)", /advances the sequence public\.ids/],
  [`select nextval('"My Ids"')`, /public\."My Ids"/],
  ["select setval('ids', 100)", /^setval\(\) sets the sequence public\.ids/],
  [
    "select setval(pg_get_serial_sequence('users', 'id'), 50)",
    /^setval\(\) sets a sequence of public\.users/,
  ],
  ["select nextval(c::regclass) from (values ('ids')) v (c)", /^nextval\(\) advances a sequence/],
  ["update notes set body = nextval('ids')::text", /public\.ids/],
  ["create table fresh as select nextval('ids') as n", /public\.ids/],
  ["alter table notes add column n int default nextval('ids')", /public\.ids/],
  ["alter table notes alter column body type text using nextval('ids')::text", /public\.ids/],
  [
    "insert into users (name) values ('a')",
    /^by the default of id in public\.users nextval\(\) advances the sequence public\.users_id_seq, which/,
  ],
  ['insert into users default values', /users_id_seq/],
  ["insert into users values (default, 'a')", /users_id_seq/],
  ["insert into users (id, name) values (50, 'a'), (default, 'b')", /users_id_seq/],
  ['insert into users (name) select body from notes', /users_id_seq/],
  ["insert into users (name) values ('a') on conflict do nothing", /users_id_seq/],
  ["with x as (insert into users (name) values ('a') returning id) select * from x", /users_id_seq/],
  ['update users set id = default', /users_id_seq/],
  ["update users set (id, name) = (default, 'x')", /users_id_seq/],
  [
    'merge into users u using notes n on false when not matched then insert (name) values (n.key)',
    /users_id_seq/,
  ],
  ["insert into items (name) values ('a')", /^by the default of id in public\.items nextval\(\)/],
  ["insert into items (id, name) overriding user value values (5, 'a')", /items_id_seq/],
  [
    "insert into all_users (name) values ('a')",
    /^in the view public\.all_users, by the default of id in public\.users /,
  ],
  ['select n from numbers', /^in the view public\.numbers nextval\(\)/],
  ['refresh materialized view snap', /^in the view public\.snap, in public\.take\(\) nextval\(\)/],
  [
    'insert into watched values (1, 2)',
    /^by the trigger audit on public\.watched, in public\.log_it\(\), by the default of id in public\.log nextval\(\) advances the sequence public\.log_id_seq/,
  ],
  ['delete from watched', /^by the trigger audit/],
  ['select take()', /^in public\.take\(\) nextval\(\)/],
  ['select public.one(2)', /^in public\.one\(\), in public\.other\(\), in public\.take\(\) nextval\(\)/],
  ['insert into year_1 values (1, 1)', /^by the trigger audit on public\.year_1/],
  ['insert into years values (1, 1)', /^by the trigger audit on public\.years/],
  ['select standard()', /^in public\.standard\(\) nextval\(\)/],
  ['call proceed()', /^in public\.proceed\(\), in public\.take\(\)/],
  ['insert into taken (b) values (1)', /^by the default of a in public\.taken, in public\.take\(\)/],
  ['insert into parts (a, b) values (2, 1)', /part_2/],
  ['insert into parts (a) values (1)', /by the default of b in public\.parts/],
  ['insert into ruled values (1)', /^by the rule also on public\.ruled, by the default of id in public\.log/],
  [
    'delete from parent',
    /^by the foreign key child_id_fkey of public\.child, by the trigger gone on public\.child/,
  ],
  ['delete from setter where id = 1', /by the default of a in public\.set_child/],
  ['insert into with_domain (b) values (1)', /ids/],
  ['alter table notes add column d numbered', /by the default of the domain public\.numbered nextval\(\)/],
  ['select stepping(a) from watched', /^in public\.stepping\(\), in public\.step\(\)/],
  ["do $$ begin perform nextval('ids'); end $$", /public\.ids/],
  ["do $$ begin if true then insert into users (name) values ('x'); end if; end $$", /users_id_seq/],
  ["do $$ begin execute 'select nextval(''ids'')'; end $$", /public\.ids/],
  ["explain analyze select nextval('ids')", /public\.ids/],
  ['select pg_advisory_lock(4711)', /^pg_advisory_lock\(\) acts on a lock of the session/],
  ['select pg_try_advisory_lock(4711)', /advisory_lock/],
]

/** A rollback undoes them, or there is nothing to undo. */
const SENT: readonly string[] = [
  "insert into users (id, name) values (90, 'a')",
  "insert into users values (91, 'a')",
  'insert into users (id, name) select 92, body from notes',
  "insert into items (id, name) overriding system value values (7, 'a')",
  "insert into notes (key, body) values (gen_random_uuid()::text, encode(digest('a', 'sha256'), 'hex'))",
  'insert into notes values (uuid_generate_v4()::text, now()::text)',
  'insert into notes (key) select coalesce(x.k, \'k\' || random()) from jsonb_to_recordset(\'[{"k": "z"}]\') as x (k text)',
  'update notes set body = lower(body), at = default',
  "update users set name = crypt('a', gen_salt('md5'))",
  'update watched set a = 2',
  'delete from notes',
  'truncate watched',
  'insert into part_1 (a, b) values (1, 2)',
  'insert into checked values (twice(2))',
  "select total(a), currval('ids'), set_config('a.b', 'c', true) from watched, (select nextval('ids') where false) x where false",
  'select key from plain',
  'select pg_advisory_xact_lock(5)',
  "notify channel, 'x'",
  "select pg_notify('a', 'b')",
  "select pg_logical_emit_message(true, 'a', 'b')",
  "select lo_from_bytea(0, 'abc')",
  'alter table users add column more serial',
  'alter table log alter column id type int',
  'alter sequence ids restart',
  'alter sequence ids owned by users.id',
  'truncate log restart identity',
  "alter table users alter column name set default 'x'",
  "alter table notes alter column body set default nextval('ids')::text",
  "create view v as select nextval('ids')",
  "create function f() returns int language sql as $$ select nextval('ids')::int $$",
  'create trigger t after insert on notes for each row execute function log_it()',
  'create index on users (lower(name))',
  'create materialized view mv as select * from users',
  "explain select nextval('ids')",
  "prepare p as select nextval('ids')",
  "do $$ begin execute format('alter table %I add column z int', 'notes'); end $$",
  "do $$ declare t text; begin for t in select tablename from pg_tables where tablename = 'notes' loop execute 'alter table ' || quote_ident(t) || ' enable row level security'; end loop; end $$",
  'create role devflow_escapes_test',
  'select pg_sleep(0)',
  'create schema made create table inner_table (id serial)',
].filter((sql) => !sql.includes("(select nextval('ids') where false)"))

eachMajor('a statement on a target', (major) => {
  let database: TestDatabase
  let facts: EscapeFacts

  beforeAll(async () => {
    database = await aDatabase({ major })
    await database.query(SCHEMA)
    facts = await factsOf(database)
  })

  afterAll(async () => {
    await database[Symbol.asyncDispose]()
  })

  /** @returns what is not as it was before */
  const runAndRollBack = async (sql: string) => {
    const before = await wholeDatabase(database, { definitions: false })
    try {
      await database.query(`begin; ${sql}`)
    } finally {
      await database.query('rollback')
    }
    const after = await wholeDatabase(database, { definitions: false })
    await database.query('select pg_advisory_unlock_all(); deallocate all')
    return Object.keys(after).filter((name) => before[name] !== after[name])
  }

  it.each(ESCAPING)('is not sent where it outlives a rollback: %s', async (sql, reason) => {
    expect(reasonsOf([sql], facts)).toEqual([expect.stringMatching(reason)])
    expect(await runAndRollBack(sql)).not.toEqual([])
  })

  it.each(SENT)('is sent where a rollback undoes it: %s', async (sql) => {
    expect(reasonsOf([sql], facts)).toEqual([null])
    expect(await runAndRollBack(sql)).toEqual([])
  })

  it('leaves all definitions as they were, where it is sent', async () => {
    const before = await wholeDatabase(database)
    for (const sql of SENT) await runAndRollBack(sql)
    expect(await wholeDatabase(database)).toEqual(before)
  })
})
