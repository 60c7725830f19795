import { describeRule } from '../describe-rule.js'

describeRule('set-tablespace', {
  bad: [
    {
      sql: 'alter table t ⟦set tablespace fast⟧;',
      message: 't is copied to tablespace fast, and nobody can use it meanwhile.',
    },
    { sql: 'alter index i ⟦set tablespace fast⟧;', help: /REINDEX \(TABLESPACE …, CONCURRENTLY\)/ },
    { sql: 'alter materialized view v ⟦set tablespace fast⟧;' },
    {
      sql: '⟦alter table all in tablespace slow set tablespace fast⟧;',
      message:
        'All that is in tablespace slow is copied to fast, locked against everybody until the last is done.',
    },
  ],
  good: [
    'create table t (a int); alter table t set tablespace fast;',
    'create table t (a int); create index i on t (a); alter index i set tablespace fast;',
    'reindex (tablespace fast, concurrently) index i;',
  ],
})
