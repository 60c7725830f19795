import { describeRule } from '../describe-rule.js'

describeRule('drop-not-null', {
  bad: [
    {
      sql: 'alter table orders add column a int, ⟦alter column note drop not null⟧;',
      message: 'The column note of orders may be NULL from now on.',
      severity: 'warning',
    },
    {
      sql: 'alter table orders ⟦drop constraint orders_note_not_null⟧;',
      postgres: 18,
      message: 'orders loses the NOT NULL constraint orders_note_not_null.',
    },
  ],
  good: [
    'alter table orders alter note set not null;',
    'create table orders (note text not null); alter table orders alter note drop not null;',
    'alter table orders alter note drop not null; alter table orders alter note set not null;',
    { sql: 'alter table orders drop constraint orders_note_not_null;', postgres: 17 },
  ],
})
