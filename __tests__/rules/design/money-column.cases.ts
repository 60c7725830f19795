import { describeRule } from '../describe-rule.js'

describeRule('money-column', {
  bad: [
    {
      sql: 'create table orders (id bigint, ⟦"Total" money⟧ not null);',
      message: 'Column "Total" of orders is money, whose meaning depends on a setting of the server.',
    },
    { sql: 'alter table orders add ⟦total money⟧;', severity: 'notice' },
    { sql: 'alter table orders alter ⟦total type money⟧ using total::money;' },
  ],
  good: ['create table orders (total numeric(19, 4), money text);'],
})
