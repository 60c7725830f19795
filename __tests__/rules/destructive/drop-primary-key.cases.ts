import { describeRule } from '../describe-rule.js'

describeRule('drop-primary-key', {
  bad: [
    {
      sql: 'alter table shop.orders ⟦drop constraint orders_pkey⟧;',
      message: 'This drops the primary key of shop.orders, and its index with it.',
      severity: 'error',
    },
    {
      sql: 'alter table orders ⟦drop constraint key⟧;',
      before: 'create table orders (id int constraint key primary key);',
      class: 'staging',
      severity: 'warning',
    },
  ],
  good: [
    'alter table orders drop constraint orders_pkey, add primary key using index i;',
    'alter table orders drop constraint orders_code_key;',
    'create table orders (id int primary key); alter table orders drop constraint orders_pkey;',
  ],
})
