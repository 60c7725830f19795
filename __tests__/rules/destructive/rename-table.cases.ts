import { describeRule } from '../describe-rule.js'

describeRule('rename-table', {
  bad: [
    { sql: 'alter table orders rename to orders_old; ⟦alter table orders_new rename to orders⟧;' },
    {
      sql: '⟦alter table shop.orders rename to "Purchases"⟧;',
      message: 'The table shop.orders becomes "Purchases", and queries with the old name fail at once.',
      help: 'CREATE VIEW shop.orders AS SELECT * FROM shop."Purchases";',
      severity: 'error',
    },
    {
      sql: '⟦alter view v rename to w⟧;',
      message: 'The view v becomes w, and queries with the old name fail at once.',
    },
    {
      sql: '⟦alter table orders rename to b⟧; create view orders as select * from b;',
      transaction: 'none',
      class: 'staging',
      severity: 'warning',
    },
  ],
  good: [
    'alter table orders rename to b; create view public.orders as select * from b;',
    'alter table orders rename to orders_old; create table orders (id int);',
    'create table orders (id int); alter table orders rename to b;',
    'alter index i rename to j; alter sequence s rename to t; alter table t rename column a to b;',
  ],
})
