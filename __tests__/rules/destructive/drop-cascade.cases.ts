import { describeRule } from '../describe-rule.js'

const ORDERS = 'create table orders (id int primary key); create view recent as select * from orders;'

describeRule('drop-cascade', {
  bad: [
    {
      sql: '⟦drop function touch(), audit.log cascade⟧;',
      message: 'CASCADE drops whatever hangs on touch and audit.log, and the text does not say what that is.',
      severity: 'error',
    },
    {
      sql: '⟦drop table orders cascade⟧;',
      before: `${ORDERS} create table items (order_id int constraint items_order references orders);`,
      message:
        'CASCADE drops what hangs on orders too: view recent and foreign key items_order of items, and what the files do not know of.',
    },
    {
      sql: 'alter table orders add column a int, ⟦drop column b cascade⟧, ⟦drop constraint c cascade⟧;',
      message: [
        'CASCADE drops whatever hangs on column b of orders, and the text does not say what that is.',
        'CASCADE drops whatever hangs on constraint c of orders, and the text does not say what that is.',
      ],
    },
    {
      sql: 'alter table orders ⟦drop column id cascade⟧;',
      before: `${ORDERS} create table items (order_id int references orders (id));`,
      message:
        'CASCADE drops what hangs on column id of orders too: a foreign key of items, and what the files do not know of.',
    },
    { sql: '⟦drop type mood cascade⟧; ⟦drop extension hstore cascade⟧; ⟦drop trigger t on orders cascade⟧;' },
    { sql: '⟦drop view v cascade⟧; create view v as select 1;', class: 'development', severity: 'warning' },
  ],
  good: [
    'drop table orders restrict; drop function touch();',
    'drop schema billing cascade;',
    `${ORDERS} drop table orders cascade;`,
    'create function f() returns int language sql as $$ select 1 $$; drop function f() cascade;',
    "create type mood as enum ('sad'); drop type mood cascade;",
    'create table t (a int); alter table t drop column a cascade;',
  ],
})
