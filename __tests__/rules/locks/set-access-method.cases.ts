import { describeRule } from '../describe-rule.js'

describeRule('set-access-method', {
  bad: [
    {
      sql: 'alter table t ⟦set access method columnar⟧;',
      message:
        'The change of access method to columnar writes t anew, and nobody can read or write it meanwhile.',
    },
    {
      sql: 'alter table t ⟦set access method default⟧;',
      postgres: 17,
      message:
        'The change of access method to the default one writes t anew, and nobody can read or write it meanwhile.',
    },
    { sql: 'alter materialized view v ⟦set access method columnar⟧;' },
  ],
  good: [
    'create table t (a int); alter table t set access method columnar;',
    'create table t (a int) using columnar;',
  ],
})
