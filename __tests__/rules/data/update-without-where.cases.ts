import { describeRule } from '../describe-rule.js'

describeRule('update-without-where', {
  bad: [
    {
      sql: "⟦update my_table set col = 'value'⟧;",
      message: 'UPDATE my_table has no WHERE and writes every row.',
      severity: 'error',
    },
    {
      sql: '⟦update a set b = 1 where id is not distinct from id⟧;',
      message: 'The WHERE of UPDATE a holds for every row, so all are written.',
    },
    { sql: 'with x as (⟦update a set b = (1) returning *⟧) select * from x;' },
    { sql: 'alter table a add column b int; ⟦update a set b = 1⟧;' },
  ],
  good: [
    "update my_table set col = 'value' where id = 1;",
    'create table a (b int); update a set b = 1;',
    'insert into a values (1) on conflict (id) do update set b = 1;',
    'select 1 for update;',
  ],
})
