import { expect, it } from '@jest/globals'
import { aDatabase } from '../../support/postgres/a-database.js'
import { eachMajor } from '../../support/postgres/major.js'
import { lint } from '../lint.js'

const CUSTOMERS = 'create table customers (id int primary key, code int unique, name text);'

/** What is there, and a DROP of some of it. */
const CASES: readonly (readonly [before: string, drop: string])[] = [
  [`${CUSTOMERS} create view v as select id from customers;`, 'drop table customers'],
  [`${CUSTOMERS} create materialized view v as select id from customers;`, 'drop table customers'],
  [`${CUSTOMERS} create view v as select 1; create view w as select * from v;`, 'drop view v'],
  [`${CUSTOMERS} create view v as select 1; create view w as select * from v;`, 'drop view v, w'],
  [`${CUSTOMERS} create table o (c int references customers);`, 'drop table customers'],
  [`${CUSTOMERS} create table o (c int references customers);`, 'drop table o'],
  [`${CUSTOMERS} create table o (c int references customers);`, 'drop table customers, o'],
  [`${CUSTOMERS} create table o (c int references customers);`, 'alter table customers drop column id'],
  [`${CUSTOMERS} create table o (c int references customers);`, 'alter table customers drop column code'],
  [`${CUSTOMERS} create table o (c int references customers);`, 'alter table o drop column c'],
  [
    `${CUSTOMERS} create table o (c int references customers (code));`,
    'alter table customers drop column id',
  ],
  [
    `${CUSTOMERS} create table o (c int references customers (code));`,
    'alter table customers drop column code',
  ],
  ['create table t (id int primary key, up int references t);', 'drop table t'],
  ['create table t (id int primary key, up int references t);', 'alter table t drop column id'],
  ['create table t (id int primary key, up int references t);', 'alter table t drop column up'],
  [
    'create table t (a int); create table m (b int); create policy p on t using (exists (select from m));',
    'drop table m',
  ],
  [
    'create table t (a int); create table m (b int); create policy p on t using (exists (select from m));',
    'drop table t',
  ],
  ['create table t (a int, b int); create policy p on t using (a = 1);', 'alter table t drop column a'],
  ['create table t (a int, b int); create policy p on t using (a = 1);', 'alter table t drop column b'],
  ['create table t (a int, b int generated always as (a + 1) stored);', 'alter table t drop column b'],
  ['create table t (a int, b int check (b > 0));', 'alter table t drop column b'],
  ['create table t (a int, b int, check (b > a));', 'alter table t drop column b'],
  [
    'create function f() returns int language sql as $$ select 1 $$; create table t (a int default f());',
    'drop function f()',
  ],
  [
    'create function f() returns int language sql as $$ select 1 $$; create table t (a int check (a > f()));',
    'drop function f()',
  ],
  [
    'create function f() returns int language sql as $$ select 1 $$; create table t (a int, check (a > f()));',
    'drop function f()',
  ],
  [
    'create function f() returns int language sql as $$ select 1 $$; create table t (a int); create policy p on t using (a = f());',
    'drop function f()',
  ],
  [
    'create function f() returns int language sql as $$ select 1 $$; create table t (a int);',
    'drop function f()',
  ],
  ["create type mood as enum ('sad'); create table t (a mood);", 'drop type mood'],
  ["create type mood as enum ('sad'); create table t (a public.mood[]);", 'drop type mood'],
  ["create type mood as enum ('sad'); create table t (a text);", 'drop type mood'],
  ['create domain d as int; create table t (a d);', 'drop domain d'],
]

eachMajor('what hangs on what is dropped', (major) => {
  it.each(CASES)('is what the server refuses for, after %s: %s', async (before, drop) => {
    await using database = await aDatabase({ major })
    await database.query(before)
    const refused = await database.query(drop).then(
      () => false,
      (error: { code?: string }) => error.code === '2BP01',
    )
    const findings = await lint(`${drop};`, { before })
    expect(findings.some(({ rule }) => rule === 'drop-with-dependants')).toBe(refused)
  })
})
