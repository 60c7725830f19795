import { expect, it } from '@jest/globals'
import { openInside } from '../../src/plan/stays-inside.js'
import { openParser } from '../../src/sql/open-parser.js'

async function judge(sql: string): Promise<boolean> {
  const parsed = (await openParser()).parse(sql)
  if (parsed.kind !== 'statements') throw new Error(`it can not be read: ${sql}`)
  const inside = openInside()
  parsed.statements.forEach(inside.see)
  return inside.staysInside()
}

it.each([
  'create table t (id uuid primary key default gen_random_uuid(), at timestamptz default now())',
  'create table t (n int); create index on t (n); insert into t select g from generate_series(1, 9) as g',
  "create table t (n int); update t set n = n + 1; delete from t where n > 3; comment on table t is 'x'",
  'create table s.t (n int); insert into s.t (n) values (1)',
  'create table t (n int); copy t (n) from stdin',
  "alter table users add column at timestamptz not null default pg_catalog.now(), alter column n type text using lower('x')",
  'create index on users (lower(email)); drop table old; grant select on users to reader',
  'create policy p on users using (auth.uid() = id); create view v as select own.f(n) from users',
  "create function f() returns int language sql as 'select dblink_exec($$x$$, $$y$$)'",
  "create type mood as enum ('a'); alter type mood add value 'b'; create schema s; create sequence q",
])('what a crash takes with its commit: %s', async (sql) => {
  expect(await judge(sql)).toBe(true)
})

it.each([
  ['rows of a table that is there already, and may be a foreign one', 'insert into orders values (1)'],
  ['of one that may be', 'create table if not exists t (n int); insert into t values (1)'],
  ['of another schema’s', 'create table a.t (n int); insert into b.t values (1)'],
  ['rows read elsewhere', 'create table t (n int); insert into t select n from orders'],
  [
    'of one with triggers',
    'create table t (n int); create trigger g after insert on t execute function f(); insert into t values (1)',
  ],
  [
    'of one with rules',
    'create table t (n int); create rule r as on insert to t do also select f(); insert into t values (1)',
  ],
  ['of a partition', 'create table t partition of p for values in (1); insert into t values (1)'],
  [
    'of what became one',
    'create table t (n int); alter table p attach partition t for values in (1); insert into t values (1)',
  ],
  [
    'of one with the defaults of another',
    'create table t (like other including all); insert into t values (1)',
  ],
  ['a function that is not the server’s', "select dblink_exec('x', 'y')"],
  ['one as a default', 'create table t (n int default next_number())'],
  ['one in an index', 'create index on users (own.lower(email))'],
  ['one that does something', "create table t (x xml default query_to_xml('select 1', true, true, ''))"],
  ['a replication slot', "select pg_drop_replication_slot('s')"],
  ['a subscription', 'drop subscription s'],
  ['anything after it', 'select own.f(); create table t (n int)'],
  ['a block', 'do $$ begin perform 1; end $$'],
  ['a call', 'call p()'],
  ['a notification', 'notify x'],
  ['a file of the server', "create table t (n int); copy t from '/tmp/x'"],
  ['a program', "create table t (n int); copy t to program 'cat'"],
  ['a search_path, by which names are others', 'set search_path = b; create table t (n int)'],
])('%s is not', async (_, sql) => {
  expect(await judge(sql)).toBe(false)
})
