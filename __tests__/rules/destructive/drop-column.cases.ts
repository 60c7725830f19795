import { describeRule } from '../describe-rule.js'

describeRule('drop-column', {
  bad: [
    {
      sql: 'alter table "bar_tbl" ⟦drop column "foo_col" cascade⟧;',
      message: 'This deletes the column foo_col of bar_tbl with all its values.',
      severity: 'error',
    },
    { sql: 'alter table if exists only a.b\n  add column x int,\n  ⟦drop y⟧, ⟦drop column if exists z⟧;' },
    {
      sql: 'alter type address ⟦drop attribute zip⟧;',
      message: 'This deletes the attribute zip of address with all its values.',
    },
    {
      sql: 'alter table orders ⟦drop column a⟧;',
      before: 'create table orders (a int);',
      class: 'development',
      severity: 'warning',
    },
  ],
  good: [
    'create table t (a int); alter table t drop column a;',
    'alter table t add column a int; alter table t drop column a;',
    'alter foreign table t drop column a;',
    'alter table t drop constraint a;',
  ],
})
