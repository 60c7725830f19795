import { describeRule } from '../describe-rule.js'

describeRule('rename-column', {
  bad: [
    {
      sql: '⟦ALTER TABLE "table_name" RENAME COLUMN "column_name" TO "new_column_name"⟧;',
      message:
        'The column column_name of table_name becomes new_column_name, and queries with the old name fail at once.',
      severity: 'error',
    },
    { sql: '⟦alter view v rename a to b⟧; ⟦alter type t rename attribute a to b⟧;' },
  ],
  good: [
    'alter table t add column a int; alter table t rename a to b;',
    'create table t (a int); alter table t rename a to b;',
    'alter table t rename to b; alter table t rename constraint a to b;',
  ],
})
