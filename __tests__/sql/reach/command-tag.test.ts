import { expect, it } from '@jest/globals'
import { openParser } from '../../../src/sql/open-parser.js'
import { commandTag } from '../../../src/sql/reach/command-tag.js'
import { aDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'

const parser = await openParser()

/** Each after the one before. */
const STATEMENTS = [
  'create schema s',
  'create table s.t (a int, b text)',
  'create index i on s.t (a)',
  'create view s.v as select 1 as one',
  'create materialized view s.m as select 1 as one',
  'refresh materialized view s.m',
  'create table s.as_table as select 1 as one',
  'select 1 as one into s.into_table',
  'create sequence s.q',
  'alter sequence s.q restart',
  'alter table s.t add column c int',
  'alter table s.t rename to u',
  'alter table s.u rename column a to z',
  'alter view s.v rename to w',
  'alter materialized view s.m rename to n',
  'alter index s.i rename to j',
  'alter table s.u owner to current_user',
  'alter table s.u set schema public',
  "create type mood as enum ('a')",
  "alter type mood add value 'b'",
  'create type pair as (a int, b int)',
  'alter type pair add attribute c int',
  'create type spread as range (subtype = int)',
  'create domain d as int',
  'alter domain d set not null',
  'create function f() returns int language sql as $$ select 1 $$',
  'create procedure p() language sql as $$ select 1 $$',
  'alter function f() rename to g',
  'create function h() returns trigger language plpgsql as $$ begin return new; end $$',
  'create trigger tr before insert on u for each row execute function h()',
  'create rule r as on delete to u do also select 1',
  'create policy po on u',
  'alter policy po on u using (true)',
  'create aggregate total (int) (sfunc = int4pl, stype = int)',
  'create extension hstore',
  "comment on table u is 'x'",
  'grant select on u to public',
  'revoke select on u from public',
  'alter default privileges grant select on tables to public',
  'create statistics st on b, z from u',
  'create publication pu',
  'create foreign data wrapper fdw',
  'create server se foreign data wrapper fdw',
  'create foreign table ft (a int) server se',
  "create collation co (locale = 'C')",
  'drop trigger tr on u',
  'drop view s.w',
  'drop materialized view s.n',
  'drop extension hstore',
  'drop foreign table ft',
  'drop table u cascade',
  'insert into s.as_table values (1)',
  'truncate s.as_table',
  'analyze s.as_table',
  'set search_path = public',
  'select 1',
  'do $$ begin perform 1; end $$',
  'call p()',
  'explain select 1',
  'lock table s.as_table',
  'prepare x as select 1',
  'listen a',
  'drop schema s cascade',
]

eachMajor('the command of a statement', (major) => {
  it('is what the server tells event triggers, or not known', async () => {
    await using database = await aDatabase({ major })
    await database.query(`
      create schema seen; create table seen.tags (tag text);
      create function seen.note() returns event_trigger language plpgsql as $$ begin insert into seen.tags values (tg_tag); end $$;
      create event trigger noting on ddl_command_end execute function seen.note();
      delete from seen.tags`)
    for (const sql of STATEMENTS) {
      await database.query('begin')
      await database.query(sql)
      await database.query('commit')
      const [row] = await database.query<{ tag: string }>('delete from seen.tags returning tag')
      const parsed = parser.parse(sql)
      const [statement] = parsed.kind === 'statements' ? parsed.statements : []
      const tag = statement && commandTag(statement)
      // Not known is as good: all event triggers are looked at then.
      expect([sql, tag === '' ? row?.tag : tag]).toEqual([sql, row?.tag])
    }
  })
})
