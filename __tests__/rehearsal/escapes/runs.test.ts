import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { EscapeFacts } from '../../../src/rehearsal/escapes/escape-facts.js'
import { aDatabase, type TestDatabase } from '../../support/postgres/a-database.js'
import { factsOf, reasonsOf } from './judge-on.js'

const SCHEMA = `
  create sequence ids;
  create table users (id serial primary key, name text);
  create table plain (a int, b text);
  create table parts (a int, b text) partition by list (a);
  create schema one; create table one.thing (id serial, x int);
  create schema two; create table two.thing (x int);
  create function log_it() returns trigger language plpgsql as $$
    begin insert into users (name) values (tg_op); return null; end $$;
  create function stamp() returns trigger language plpgsql as $$ begin return new; end $$;
  create view seen as select * from users;
  create type mood as enum ('a');
`

/** Files, and which of their statements are not sent: `-` is sent, `x` is not. */
const RUNS: readonly (readonly [string, readonly string[], string])[] = [
  [
    'rows for a table that the run makes',
    ['create table t (id serial, x int); insert into t (x) values (1)'],
    '--',
  ],
  [
    'rows for it from a later file',
    ['create table t (id serial, x int)', 'insert into t (x) values (1)'],
    '--',
  ],
  [
    'numbers for the sequences that it makes',
    ["create sequence s; select nextval('s'); select setval('public.s', 5)"],
    '---',
  ],
  [
    'what a dump writes',
    [
      `create table public.t (id integer not null); create sequence public.t_id_seq as integer owned by public.t.id;
       alter table only public.t alter column id set default nextval('public.t_id_seq'::regclass);
       insert into public.t (id) values (1); select pg_catalog.setval('public.t_id_seq', 1, true)`,
    ],
    '-----',
  ],
  ['the sequence of a serial column', ["create table t (id serial); select setval('t_id_seq', 9)"], '--'],
  [
    'the sequence of an identity column, asked for',
    [
      "create table t (id int generated always as identity); select setval(pg_get_serial_sequence('t', 'id'), 9)",
    ],
    '--',
  ],
  [
    'a new table whose default is an old sequence',
    [
      "create table t (id int default nextval('ids'), x int); insert into t (x) values (1); insert into t (id, x) values (1, 2)",
    ],
    '-x-',
  ],
  [
    'a table LIKE another',
    ['create table t (like users including all); insert into t (name) values (1)'],
    '-x',
  ],
  [
    'a table that inherits',
    ['create table t (x int) inherits (users); insert into t (name) values (1)'],
    '-x',
  ],
  ['a renamed table', ['alter table users rename to people; insert into people (name) values (1)'], '-x'],
  [
    'a renamed column',
    [
      'alter table users rename column id to key; alter table users add column id int; insert into users (id) values (1)',
    ],
    '--x',
  ],
  [
    'a table in another schema',
    ['alter table one.thing set schema two; insert into two.thing (x) values (1)'],
    '-x',
  ],
  ['a renamed schema', ['alter schema one rename to three; insert into three.thing (x) values (1)'], '-x'],
  [
    'a renamed function',
    [
      'alter function log_it() rename to kept; create trigger t after insert on plain execute function kept(); insert into plain values (1)',
    ],
    '--x',
  ],
  ['a table of the same name elsewhere', ['insert into two.thing (x) values (1)'], '-'],
  ['a name that may mean either', ['insert into thing (x) values (1)'], 'x'],
  [
    'a view that the run makes',
    ['create view v as select * from users; insert into v (name) values (1)'],
    '-x',
  ],
  ['a view of it', ['create view v as select * from seen; insert into v (name) values (1)'], '-x'],
  ['a view that takes numbers', ["create view v as select nextval('ids'); select * from v"], '-x'],
  [
    'a function that the run makes',
    ["create function f() returns bigint language sql as $$ select nextval('ids') $$", 'select f()'],
    '-x',
  ],
  [
    'a function that a block makes',
    [
      "do $$ begin create function f() returns bigint language sql as 'select nextval(''ids'')'; end $$; select f()",
    ],
    '-x',
  ],
  [
    'a block that calls what it makes',
    [
      "do $$ begin create function f() returns bigint language sql as 'select nextval(''ids'')'; perform f(); end $$",
    ],
    'x',
  ],
  [
    'an old table under another name, of whose name a new one is dropped',
    [
      `alter table users rename to people; create table public.users (id serial, name text);
       drop table public.users; insert into people (name) values (1)`,
    ],
    '---x',
  ],
  [
    'a trigger that the run makes',
    [
      'create trigger t after insert on plain for each row execute function log_it(); update plain set a = 1; insert into plain values (1)',
    ],
    '--x',
  ],
  [
    'a trigger that a block makes on tables nobody knows',
    [
      `do $$ declare t text; begin for t in select tablename from pg_tables loop
         execute format('create trigger t after insert on %I for each row execute function log_it()', t); end loop; end $$;
       insert into plain values (1)`,
    ],
    '-x',
  ],
  [
    'a harmless trigger that a block makes on tables nobody knows',
    [
      `do $$ declare t text; begin for t in select tablename from pg_tables loop
         execute format('create trigger t before update on %I for each row execute function stamp()', t); end loop; end $$;
       update plain set a = 1`,
    ],
    '--',
  ],
  [
    'a rule that the run makes',
    ['create rule r as on delete to plain do also insert into users (name) values (1); delete from plain'],
    '-x',
  ],
  [
    'a policy that the run makes',
    ["create policy p on plain using (nextval('ids') > 0); select from plain"],
    '-x',
  ],
  [
    'a partition that the run makes',
    [
      'create table part partition of parts for values in (1); create trigger t after insert on part for each row execute function log_it(); insert into parts values (1)',
    ],
    '--x',
  ],
  [
    'a partition that is attached',
    [
      'create table part (a int, b text); create trigger t after insert on part for each row execute function log_it(); alter table parts attach partition part for values in (1); insert into parts values (1)',
    ],
    '---x',
  ],
  [
    'a trigger that the run makes on the table of a partition',
    [
      'create table part partition of parts for values in (1)',
      'create trigger t after insert on parts for each row execute function log_it(); insert into part values (1)',
    ],
    '--x',
  ],
  [
    'a default that the run gives the table of a partition',
    [
      'create table part partition of parts for values in (1)',
      "alter table parts add column c bigint; alter table parts alter column c set default nextval('ids')",
      'insert into part (a) values (1)',
      'insert into part (a, c) values (1, 2)',
    ],
    '---x-',
  ],
  [
    'a temporary table of the same name',
    ['create temp table users as select 1 as a; drop table users; insert into users (name) values (1)'],
    '--x',
  ],
  [
    'a temporary table of the same name, from SELECT INTO',
    ['select 1 as a into temp users; drop table users; insert into users (name) values (1)'],
    '--x',
  ],
  [
    'a temporary sequence of the same name',
    ['create temp sequence ids', "alter sequence ids restart; select nextval('public.ids')"],
    '--x',
  ],
  [
    'a partition that a block attaches, nobody knows which',
    [
      "do $$ begin execute format('alter table parts attach partition %I default', current_setting('a.b')); end $$",
    ],
    'x',
  ],
  [
    'a foreign key that the run makes',
    [
      'create table c (id int references users on delete cascade); create trigger t after delete on c for each row execute function log_it(); delete from users',
    ],
    '--x',
  ],
  ['a prepared statement', ["prepare p as select nextval('ids'); execute p"], '-x'],
  [
    'a domain that the run makes',
    ["create domain d as int default nextval('ids'); alter table plain add column c d"],
    '-x',
  ],
  [
    'a trigger that is turned on',
    ['alter table plain enable trigger all; insert into plain values (1)'],
    '-x',
  ],
  [
    'an event trigger that the run makes',
    [
      `create function ev() returns event_trigger language plpgsql as $$ begin perform nextval('ids'); end $$;
       create event trigger e on ddl_command_end when tag in ('CREATE TABLE') execute function ev();
       create view v as select 1; create table t (a int)`,
    ],
    '---x',
  ],
  [
    'a table that is dropped before',
    [
      'drop table users cascade; create table users (id serial, name text); insert into users (name) values (1)',
    ],
    '---',
  ],
  [
    'a table that is made again LIKE one with numbers',
    [
      'drop table public.plain; create table public.plain (like users including all); insert into public.plain (name) values (1)',
    ],
    '--x',
  ],
  [
    'a table that another file dropped: that may have been taken back',
    [
      'drop table users cascade; create table users (id serial, name text)',
      'insert into users (name) values (1)',
    ],
    '--x',
  ],
  [
    'a table that is dropped in a block',
    ['do $$ begin drop table users; end $$; insert into users (name) values (1)'],
    '-x',
  ],
  [
    'a table that is dropped by a name that may mean another',
    ['drop table thing; insert into one.thing (x) values (1)'],
    '-x',
  ],
  [
    'a table that is dropped after the path was set',
    ['set search_path = two; drop table if exists users; insert into public.users (name) values (1)'],
    '--x',
  ],
  [
    'a schema that is dropped before',
    [
      'drop schema one cascade; create schema one; create table one.thing (id serial, x int); insert into one.thing (x) values (1)',
    ],
    '----',
  ],
  ['a sequence with a new file', ["alter sequence ids restart with 5; select nextval('ids')"], '--'],
  [
    'a sequence that is changed otherwise',
    ["alter sequence ids owned by users.id; select nextval('ids')"],
    '-x',
  ],
  [
    'a sequence with a new file in a file before',
    ['alter sequence ids restart', "select nextval('ids')"],
    '-x',
  ],
  [
    'a table whose numbers begin anew',
    ['truncate users restart identity; insert into users (name) values (1)'],
    '--',
  ],
  ['a table that is only emptied', ['truncate users; insert into users (name) values (1)'], '-x'],
  [
    'statistics of a table that the run makes',
    ['create table t (a int); analyze t; analyze plain; analyze'],
    '--xx',
  ],
  [
    'a sequence whose new file is given up',
    ["savepoint a; alter sequence ids restart; rollback to a; select nextval('ids')"],
    '---x',
  ],
  [
    'a statement that is not sent changes nothing',
    ["select nextval('ids'); alter sequence ids restart; select nextval('ids')"],
    'x--',
  ],
]

describe('the statements of a run', () => {
  let database: TestDatabase
  let facts: EscapeFacts

  beforeAll(async () => {
    database = await aDatabase()
    await database.query(SCHEMA)
    facts = await factsOf(database)
  })

  afterAll(async () => {
    await database[Symbol.asyncDispose]()
  })

  it.each(RUNS)('are judged by what came before: %s', (_, files, expected) => {
    const reasons = reasonsOf(files, facts)
    expect(reasons.map((reason) => (reason === null ? '-' : 'x')).join('')).toBe(expected)
  })
})
