import { describeRule } from '../describe-rule.js'

describeRule('vacuum-full-or-cluster', {
  bad: [
    {
      sql: '⟦vacuum full t, u⟧;',
      message: 'VACUUM FULL writes t and u anew, and nobody can read or write there meanwhile.',
      help: 'Use plain VACUUM, or pg_repack while others work.',
    },
    {
      sql: '⟦vacuum full⟧;',
      message: 'VACUUM FULL writes every table anew, and nobody can read or write there meanwhile.',
    },
    { sql: '⟦vacuum (full true, analyze) t⟧;' },
    { sql: '⟦cluster t using i⟧;', postgres: 19, help: /REPACK \(CONCURRENTLY\)/ },
    { sql: '⟦cluster verbose i on t⟧;' },
    { sql: '⟦cluster⟧;' },
  ],
  good: [
    'vacuum t;',
    'vacuum (full false) t;',
    "vacuum (full 'false') t;",
    'vacuum (full 0) t;',
    'vacuum (full, full off) t;',
    'vacuum freeze analyze t;',
    'analyze t;',
    'create table t (a int); vacuum full t;',
    'create table t (a int primary key); cluster t using t_pkey;',
  ],
})
