import { describeRule } from '../describe-rule.js'

describeRule('missing-lock-timeout', {
  bad: [
    {
      sql: '⟦alter table t add column a int⟧;\nalter table u add column a int;',
      help: "Write set local lock_timeout = '3s'; before it, or -- devflow:lock-timeout=3s in the head of the file.",
      fixed:
        "set local lock_timeout = '3s';\nalter table t add column a int;\nalter table u add column a int;",
    },
    { sql: 'set lock_timeout = 0; ⟦drop table t⟧;' },
    { sql: "set foo.lock_timeout = '1s'; ⟦create index i on t (a)⟧;" },
    { sql: "⟦refresh materialized view v⟧; set lock_timeout = '1s';" },
    { sql: "set lock_timeout = '1s'; reset lock_timeout; ⟦reindex index i⟧;" },
    { sql: "set lock_timeout = '1s'; set lock_timeout to default; ⟦truncate t⟧;" },
    { sql: "set lock_timeout = '1s'; reset all; ⟦truncate t⟧;" },
    { sql: "begin; set local lock_timeout = '1s'; commit; ⟦truncate t⟧;", transaction: 'none' },
    {
      sql: "set local lock_timeout = '1s'; ⟦truncate t⟧;",
      transaction: 'none',
      help: "Write set lock_timeout = '3s'; before it",
    },
    { sql: 'do $$ begin ⟦truncate t⟧; end $$;' },
    {
      sql: 'begin; ⟦truncate t⟧; commit; begin; truncate u; commit;',
      transaction: 'none',
      fixed: "begin; set lock_timeout = '3s';\ntruncate t; commit; begin; truncate u; commit;",
    },
  ],
  good: [
    "set lock_timeout = '1s'; alter table t add column a int;",
    "SET LOCAL LOCK_TIMEOUT TO '2min'; alter table t add column a int;",
    'set lock_timeout = 1000; truncate t;',
    "select set_config('lock_timeout', '5s', true); truncate t;",
    { sql: "begin; set local lock_timeout = '1s'; truncate t; commit;", transaction: 'none' },
    'create table t (a int); alter table t add column b int;',
    'create index concurrently i on t (a);',
    'vacuum t;',
    'reindex index concurrently i;',
    'update t set a = 1;',
    'create function f() returns void language plpgsql as $$ begin truncate t; end $$;',
  ],
})
