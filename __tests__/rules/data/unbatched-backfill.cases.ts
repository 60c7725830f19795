import { describeRule } from '../describe-rule.js'

describeRule('unbatched-backfill', {
  bad: [
    {
      sql: "⟦update orders set state = 'open' where state is null⟧;",
      message: 'UPDATE orders writes every row that matches in one transaction, however many there are.',
      severity: 'warning',
    },
    { sql: '⟦update orders set total = 0 where total < 0 and total < -1⟧;' },
    { sql: '⟦update orders o set name = c.name from customers c where c.id = o.customer_id⟧;' },
    { sql: '⟦update orders set a = 1 where id in (select id from others)⟧;' },
    {
      sql: '⟦update orders set a = 1 where paid = false⟧; ⟦update orders set a = 1 where paid in (true)⟧;',
      before: 'create table orders (paid boolean);',
    },
  ],
  good: [
    'update orders set a = 1;',
    'update orders set a = 1 where true;',
    'update orders set a = 1 where id = 7 and b is null;',
    'update orders set a = 1 where 7 = id;',
    'update orders set a = 1 where id in (1, 2);',
    'update orders set a = 1 where id = any (array[1, 2]);',
    'update orders set a = 1 where id between 1 and 1000 and a is null;',
    'update orders set a = 1 where id > 0 and 1000 >= id;',
    'update orders set a = 1 where id in (select id from orders where a is null limit 1000);',
    'with batch as (select id from orders limit 10) update orders o set a = 1 from batch where batch.id = o.id;',
    'update orders o set a = v.a from (values (1, 2)) v(id, a) where v.id = o.id;',
    'create table orders (a int); update orders set a = 1 where a is null;',
  ],
})
