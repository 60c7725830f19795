import { describeRule } from '../describe-rule.js'

describeRule('disable-trigger', {
  bad: [
    {
      sql: 'alter table my_table ⟦disable trigger my_trigger⟧;',
      message:
        'This turns the trigger my_trigger of my_table off for everyone, and the file does not turn it on again.',
      severity: 'error',
    },
    {
      sql: 'alter table t ⟦disable trigger all⟧; alter table t enable trigger user;',
      message:
        'This turns all triggers and foreign keys of t off for everyone, and the file does not turn it on again.',
    },
    { sql: 'alter table t ⟦disable trigger user⟧; alter table other enable trigger user;' },
    { sql: 'alter table t ⟦enable replica trigger a⟧; alter table t ⟦disable trigger b⟧;' },
    { sql: '⟦alter event trigger e disable⟧;' },
    { sql: 'create table t (a int); alter table t ⟦disable trigger a⟧;', severity: 'warning' },
    { sql: 'alter table t enable trigger a; alter table t ⟦disable trigger a⟧;' },
  ],
  good: [
    'alter table t disable trigger a; alter table t enable trigger a;',
    'alter table t disable trigger a, disable trigger user; alter table t enable trigger all;',
    'alter table t disable trigger a; alter table t enable always trigger a;',
    'alter event trigger e disable; alter event trigger e enable;',
    'alter table t enable trigger a;',
  ],
})
