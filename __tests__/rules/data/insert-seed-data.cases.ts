import { describeRule } from '../describe-rule.js'

describeRule('insert-seed-data', {
  bad: [
    {
      sql: "⟦insert into shop.customers values (1, 'Test'), (2, 'Other')⟧; insert into shop.customers values (3);",
      message: 'Rows of constants go into shop.customers, in every environment that this migration runs in.',
      severity: 'notice',
    },
    { sql: '⟦insert into a select 1⟧; ⟦insert into b values (1)⟧;' },
  ],
  good: [
    'create table a (id int); insert into a values (1);',
    'insert into a values (1) on conflict do nothing;',
    'insert into a select * from b;',
    'insert into a default values;',
    'create temp table a (id int); insert into a values (1);',
  ],
})
