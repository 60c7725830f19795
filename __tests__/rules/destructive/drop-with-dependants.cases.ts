import { describeRule } from '../describe-rule.js'

describeRule('drop-with-dependants', {
  bad: [
    {
      sql: 'create table orders (id int);\ncreate view recent as select * from orders;\n⟦drop table orders⟧;',
      message: 'The server refuses to drop orders: view recent hangs on it.',
      help: 'Drop view recent first, or change it so that orders is no longer needed.',
      severity: 'error',
    },
    {
      sql: '⟦drop table customers⟧;',
      before:
        'create table customers (id int primary key); create table shop.orders (c int constraint o_c references customers); create materialized view sums as select count(*) from customers;',
      message:
        'The server refuses to drop customers: foreign key o_c of shop.orders and materialized view sums hang on it.',
    },
    {
      sql: 'alter table customers rename to people; alter table people set schema shop; ⟦drop table shop.people⟧;',
      before:
        'create table customers (id int primary key); create table orders (c int constraint o_c references customers); create view sums as select count(*) from customers;',
      message: 'The server refuses to drop shop.people: foreign key o_c of orders and view sums hang on it.',
    },
    {
      sql: '⟦drop view a⟧;',
      before: 'create view a as select 1; create view b as with x as (select * from a) select * from x;',
      message: 'The server refuses to drop a: view b hangs on it.',
    },
    {
      sql: '⟦drop table members⟧;',
      before:
        'create table members (id int); create table docs (id int); create policy p on docs using (exists (select 1 from members));',
      message: 'The server refuses to drop members: policy p of docs hangs on it.',
    },
    {
      sql: '⟦drop function next_code()⟧;',
      before:
        'create function next_code() returns int language sql as $$ select 1 $$; create table t (code int default next_code());',
      message: 'The server refuses to drop next_code: column code of t hangs on it.',
    },
    {
      sql: '⟦drop type mood⟧;',
      before: "create type mood as enum ('sad'); create table t (a mood, b public.mood[], c text);",
      message: 'The server refuses to drop mood: column a of t and column b of t hang on it.',
    },
    {
      sql: 'alter table docs ⟦drop column owner⟧, ⟦drop column id⟧, ⟦drop column price⟧;',
      before:
        'create table docs (id int primary key, owner int, price int, gross int generated always as (price * 2) stored);' +
        'create policy mine on docs using (owner = 1); create table notes (d int references docs);',
      message: [
        'The server refuses to drop column owner of docs: policy mine hangs on it.',
        'The server refuses to drop column id of docs: a foreign key of notes hangs on it.',
        'The server refuses to drop column price of docs: column gross hangs on it.',
      ],
    },
  ],
  good: [
    'drop table orders;',
    'create table orders (id int); create view recent as select * from orders; drop table orders cascade;',
    'create table orders (id int); create view recent as select * from orders; drop view recent; drop table orders;',
    'create view a as select 1; create view b as select * from a; drop view a, b;',
    'create table a (id int primary key, parent int references a); drop table a;',
    'create table a (id int); create table b (a int); create policy p on a using (exists (select 1 from b where id = 1)); alter table a drop column id;',
    'create function f(int) returns int language sql as $$ select 1 $$; create function f(text) returns int language sql as $$ select 1 $$; create table t (code int default f(1)); drop function f(text);',
  ],
})
