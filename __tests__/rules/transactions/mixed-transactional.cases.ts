import { describeRule } from '../describe-rule.js'

describeRule('mixed-transactional', {
  bad: [
    {
      sql: 'alter table t add column a int;\n⟦create index concurrently i on t (a)⟧;\n',
      message:
        'Because of CREATE INDEX CONCURRENTLY the other statement is not in a transaction with the rest: what is done before a failure stays.',
      help: 'Put CREATE INDEX CONCURRENTLY into a migration of its own; the others are all or nothing then.',
      severity: 'notice',
      fixed: 'alter table t add column a int;\n',
      next: 'create index concurrently i on t (a);',
    },
    {
      sql: 'create table t (a int);\nupdate u set a = 1;\n⟦vacuum u⟧;\nvacuum v;\n',
      message:
        'Because of VACUUM the other 2 statements are not in a transaction with the rest: what is done before a failure stays.',
      fixed: 'create table t (a int);\nupdate u set a = 1;\n',
      next: 'vacuum u;\nvacuum v;',
    },
    { sql: '⟦drop index concurrently i⟧; alter table t drop column a;' },
  ],
  good: [
    'create index concurrently i on t (a); create index concurrently j on t (b);',
    "set statement_timeout = 0; create index concurrently i on t (a); comment on index i is 'x'; select 1;",
    'alter table t add column a int; create index i on t (a);',
    { sql: 'alter table t add column a int; create index concurrently i on t (a);', transaction: 'none' },
  ],
})
