import { describeRule } from '../describe-rule.js'

describeRule('set-logged-unlogged', {
  bad: [
    {
      sql: 'alter table t add column a int, ⟦set unlogged⟧;',
      message: 'SET UNLOGGED writes t anew, and nobody can read or write it meanwhile.',
    },
    {
      sql: 'alter table app.t ⟦set logged⟧;',
      message: 'SET LOGGED writes app.t anew, and nobody can read or write it meanwhile.',
    },
  ],
  good: [
    'create unlogged table t (a int); alter table t set logged;',
    'alter sequence s set unlogged;',
    'alter table t set (fillfactor = 70);',
  ],
})
