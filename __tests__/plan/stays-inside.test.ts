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
  'create table t (id bigint generated always as identity primary key, parent bigint references users, name text unique)',
  'create table t (n int); create index on t (n); insert into t select g from generate_series(1, 9) as g',
  "create table t (n int); update t set n = n + 1; delete from t where n > 3; comment on table t is 'x'",
  "create table t (n int, s varchar(9)[]); insert into t values (1, '{}'), (2, default) on conflict do nothing returning t.n",
  'create table t (n int, b bool); insert into t select case when not b then -1 else coalesce(n, 2)::int end from t where n in (1) or n between 1 and 2 or b is null or n = any (array[1])',
  'create table t (n int); with more as (insert into t values (1) returning n) delete from t where n > (select max(t.n) from t)',
  'create table s.t (n int); insert into s.t (n) values (1)',
  'create table t (n int); copy t (n) from stdin',
  "create table t (n int); alter table t alter n type text using lower('x'), add k serial, enable row level security; insert into t values (1)",
  'drop table if exists t; create table t (n int); insert into t values (1)',
  "create type mood as enum ('a'); create table t (m mood default 'a'); create table u (n int); insert into u values (1)",
  'alter table users add column at timestamptz not null default pg_catalog.now(), add check (n > 0), add foreign key (n) references t',
  'create index on users (lower(email)) where gone is null; drop table old; grant select on users to reader',
  'create policy p on users using (auth.uid() = id); create view v as select own.f(n) from users',
  "create function f() returns int language sql as 'select dblink_exec($$x$$, $$y$$)'",
  "create type mood as enum ('a'); alter type mood add value 'b'; create schema s; create sequence q",
  'begin; savepoint a; create table t (n int); release a; insert into t values (1); commit',
])('what a crash takes with its commit: %s', async (sql) => {
  expect(await judge(sql)).toBe(true)
})

const OWN = 'create table t (n int)'
const FILL = 'insert into t values (1)'

it.each([
  ['rows of a table that is there already, and may be a foreign one', 'insert into orders values (1)'],
  ['of one that may be', `create table if not exists t (n int); ${FILL}`],
  ['of another schema’s', 'create table a.t (n int); insert into b.t values (1)'],
  ['of that of any schema', `create table a.t (n int); ${FILL}`],
  ['of that of a schema', `${OWN}; insert into public.t values (1)`],
  ['of one that hides a temporary one', `create temp table t (n int); insert into public.t values (1)`],
  ['of a temporary one that hides it', `create temp table t (like other including all); ${OWN}; ${FILL}`],
  ['of a temporary view that hides it', `create temp view t as select * from orders; ${OWN}; ${FILL}`],
  ['of one that was dropped', `${OWN}; drop table t; ${FILL}`],
  ['of one that was dropped with its schema', `${OWN}; drop schema s cascade; ${FILL}`],
  ['of one that was renamed', `${OWN}; alter table t rename to u; ${FILL}`],
  ['of one that was moved', `${OWN}; alter table t set schema s; ${FILL}`],
  ['of one whose schema was renamed', `${OWN}; alter schema old rename to app; ${FILL}`],
  ['of one behind what is seen since', `${OWN}; grant usage on schema app to current_user; ${FILL}`],
  ['of one that was rolled back', `begin; savepoint a; ${OWN}; rollback to a; ${FILL}; commit`],
  ['rows read elsewhere', `${OWN}; insert into t select n from orders`],
  ['or written elsewhere', `${OWN}; with o as (delete from orders returning n) insert into t values (1)`],
  ['of one with triggers', `${OWN}; create trigger g after insert on t execute function f(); ${FILL}`],
  ['of one with rules', `${OWN}; create rule r as on insert to t do also select f(); ${FILL}`],
  ['of one with forced policies', `${OWN}; alter table t force row level security; ${FILL}`],
  ['of one that is somebody’s', `${OWN}; alter table t owner to other; ${FILL}`],
  ['of one that is referred to', `${OWN}; alter table o add foreign key (n) references t; delete from t`],
  ['of a partition', `create table t partition of p for values in (1); ${FILL}`],
  ['of what became one', `${OWN}; alter table p attach partition t for values in (1); ${FILL}`],
  ['of what became a parent', `${OWN}; alter table orders inherit t; delete from t`],
  ['of one with the columns of another', `create table t () inherits (other); ${FILL}`],
  ['of one with the defaults of another', `create table t (like other including all); ${FILL}`],
  ['of one with a domain, which checks', `create table t (n own); ${FILL}`],
  ['of one of a type', `create table t of own; ${FILL}`],
  ['a function that is not the server’s', "select dblink_exec('x', 'y')"],
  [
    'a function of a row that is named like a column of another table',
    'create table a (f int); create table b (x int); create function f(b) returns int language sql as $$ select 1 $$; insert into a select b.f from b',
  ],
  ['one as a default', 'create table t (n int default next_number())'],
  ['one in a check', 'create table t (n int check (own.f(n)))'],
  ['one that makes a column', 'create table t (n int generated always as (own.f(1)) stored)'],
  ['one in an index', 'create index on users (own.lower(email))'],
  ['one of an extension’s name', "create index on users (digest(email, 'md5'))"],
  [
    'one that the file makes, of a name of the server’s',
    "create function lower(int) returns int language sql as 'select 1'; create index on users (lower(n))",
  ],
  ['one that is renamed to that', 'alter function f(int) rename to lower; create index on users (lower(n))'],
  ['one as an operator', 'create index on users ((email ### name))'],
  ['one as an operator of a schema', 'create index on users ((email operator(own.=) name))'],
  ['one as a field', `${OWN}; update t set n = t.f`],
  ['one as a field of a value', `${OWN}; update t set n = (t).f`],
  ['one as a check of a type', "create index on users ((email::own = 'x'))"],
  ['one as a class of operators', 'create index on users (email own_ops)'],
  ['one in an exclusion', 'alter table users add exclude (n with ###)'],
  ['an index kept elsewhere', 'create index on users using zombodb (email)'],
  ['a table kept elsewhere', 'create table t (n int) using columnar'],
  ['a table written anew', 'alter table users alter n type text'],
  ['one by its default', 'alter table users add id uuid default gen_random_uuid()'],
  ['one by its numbers', 'alter table users add id int generated by default as identity'],
  ['one by its numbers, in short', 'alter table users add id serial'],
  ['a column with a check of its type', 'alter table users add n own'],
  ['a check that is there already', 'alter table users validate constraint c'],
  ['one of a domain', 'alter domain d validate constraint c'],
  ['rows looked through for a partition', 'create table t partition of p for values in (1)'],
  ['a function in a language that runs it', "create function f() returns int language plperl as 'BEGIN {}'"],
  ['a library', "create function f() returns int as 'x' language c"],
  ['one that does something', "create table t (x xml default query_to_xml('select 1', true, true, ''))"],
  ['rows made of a query', 'create table t as select own.f()'],
  ['a replication slot', "select pg_drop_replication_slot('s')"],
  ['a large object', "select lo_import('/tmp/x')"],
  ['a subscription', 'drop subscription s'],
  ['a subscription’s name', 'alter subscription s rename to q'],
  ['an extension', 'create extension dblink'],
  ['an extension dropped', 'drop extension dblink'],
  ['an extension moved', 'alter extension dblink set schema s'],
  ['a foreign server', "alter server s options (set host 'x')"],
  ['a foreign table', 'create foreign table t (n int) server s'],
  ['an event trigger', 'create event trigger e on ddl_command_end execute function f()'],
  ['a label', "security label on table users is 'x'"],
  ['a setting of the database', 'alter database d set search_path = b'],
  ['a setting of a role', 'alter role r set search_path = b'],
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
