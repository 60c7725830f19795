import { describeRule } from '../describe-rule.js'

describeRule('drop-constraint', {
  bad: [
    {
      sql: 'alter table orders ⟦drop constraint orders_customer_id_fkey⟧;',
      message:
        'This drops the foreign key orders_customer_id_fkey of orders: rows that it kept out are taken from now on.',
      severity: 'warning',
    },
    {
      sql: 'alter table orders ⟦drop constraint odd⟧;',
      message: 'This drops the constraint odd of orders: rows that it kept out are taken from now on.',
    },
    {
      sql: 'alter table orders ⟦drop constraint code_check⟧;',
      before: 'create table orders (code text constraint code_check unique);',
      message:
        'This drops the unique constraint code_check of orders: rows that it kept out are taken from now on.',
    },
    {
      sql: 'alter table orders ⟦drop constraint "orders_a_b_key"⟧;',
      before: 'create table orders (a int, b int, unique (a, b));',
    },
  ],
  good: [
    'alter table orders drop constraint orders_pkey;',
    'alter table orders drop constraint orders_total_check;',
    {
      sql: 'alter table orders drop constraint positive;',
      before: 'create table orders (a int, constraint positive check (a > 0));',
    },
    'alter table orders drop constraint u; alter table orders add constraint u unique using index i;',
    'create table orders (a int constraint u unique); alter table orders drop constraint u;',
  ],
})
