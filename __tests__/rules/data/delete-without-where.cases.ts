import { describeRule } from '../describe-rule.js'

describeRule('delete-without-where', {
  bad: [
    {
      sql: '⟦delete from shop.orders⟧;',
      message: 'DELETE FROM shop.orders has no WHERE and deletes every row.',
      severity: 'error',
    },
    {
      sql: '⟦delete from orders where 1 = 1⟧;',
      message: 'The WHERE of DELETE FROM orders holds for every row, so all are deleted.',
      class: 'development',
      severity: 'warning',
    },
    {
      sql: 'with gone as (\n  ⟦delete from only "Orders" returning *⟧\n), b as (⟦delete from b where true⟧) select count(*) from gone;',
      message: [
        'DELETE FROM "Orders" has no WHERE and deletes every row.',
        'The WHERE of DELETE FROM b holds for every row, so all are deleted.',
      ],
    },
    { sql: '⟦delete from orders using customers⟧;' },
    { sql: 'insert into archive with x as (⟦delete from orders returning *⟧) select * from x;' },
    { sql: 'copy (⟦delete from orders returning *⟧) to stdout;' },
    { sql: 'explain analyze ⟦delete from orders⟧;' },
    { sql: '⟦delete from orders⟧;', before: 'create table orders (id int);' },
  ],
  good: [
    'delete from orders where id = 1;',
    'create table scratch (id int); delete from scratch;',
    'explain delete from orders;',
    'create rule r as on update to v do instead delete from orders;',
    'with x as (delete from orders where id = 2 returning *) select * from x;',
    'merge into orders using new_orders n on n.id = orders.id when matched then delete;',
  ],
})
