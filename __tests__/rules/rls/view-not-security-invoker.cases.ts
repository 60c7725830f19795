import { describeRule } from '../describe-rule.js'

const table = 'create table orders (id bigint); alter table orders enable row level security;'

describeRule('view-not-security-invoker', {
  bad: [
    {
      sql: [`${table}\n⟦create view all_orders as select * from orders⟧;`],
      message: 'View public.all_orders reads public.orders with the rights of its owner, not of who asks.',
      severity: 'warning',
      fixed: `${table}\ncreate view all_orders as select * from orders;\nalter view public.all_orders set (security_invoker = on);`,
    },
    {
      sql: '⟦create or replace view v as select * from private.a⟧;',
      message: 'View public.v reads private.a with the rights of its owner, not of who asks.',
    },
    {
      sql: `${table} create view private.v as select * from orders; ⟦create view w as with x as (select * from private.v) select * from x⟧;`,
      message: 'View public.w reads public.orders with the rights of its owner, not of who asks.',
    },
    {
      sql: `${table} ⟦create view v with (security_invoker = off, security_barrier) as select * from orders⟧;`,
    },
  ],
  good: [
    `${table} create view v with (security_invoker) as select * from orders;`,
    [`${table} create view v as select * from orders;`, 'alter view v set (security_invoker = true);'],
    `${table} create view private.v as select * from orders; create temp view w as select * from orders;`,
    'create table open (id int); create view v as with x as (select * from open) select * from x;',
    'create view v as select 1 as a;',
    { sql: 'create view v as select * from orders;', postgres: 14 },
  ],
})
