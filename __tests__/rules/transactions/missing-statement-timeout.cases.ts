import { describeRule } from '../describe-rule.js'

describeRule('missing-statement-timeout', {
  bad: [
    {
      sql: '⟦alter table t add column a int⟧;\nalter table u add column a int;',
      help: "Write set local statement_timeout = '60s'; before it, or -- devflow:statement-timeout=60s in the head of the file.",
      fixed:
        "set local statement_timeout = '60s';\nalter table t add column a int;\nalter table u add column a int;",
    },
    { sql: 'set statement_timeout = 0; ⟦drop table t⟧;' },
    { sql: "set foo.statement_timeout = '1s'; ⟦create index i on t (a)⟧;" },
    { sql: "⟦refresh materialized view v⟧; set statement_timeout = '1s';" },
    { sql: "set statement_timeout = '1s'; reset statement_timeout; ⟦reindex index i⟧;" },
    { sql: "set statement_timeout = '1s'; set statement_timeout to default; ⟦truncate t⟧;" },
    { sql: "set statement_timeout = '1s'; reset all; ⟦truncate t⟧;" },
    { sql: "begin; set local statement_timeout = '1s'; commit; ⟦truncate t⟧;", transaction: 'none' },
    {
      sql: "set local statement_timeout = '1s'; ⟦truncate t⟧;",
      transaction: 'none',
      help: "Write set statement_timeout = '60s'; before it",
    },
    { sql: 'do $$ begin ⟦truncate t⟧; end $$;' },
    {
      sql: 'begin; ⟦truncate t⟧; commit; begin; truncate u; commit;',
      transaction: 'none',
      fixed: "begin; set statement_timeout = '60s';\ntruncate t; commit; begin; truncate u; commit;",
    },
  ],
  good: [
    "set statement_timeout = '1s'; alter table t add column a int;",
    "SET LOCAL STATEMENT_TIMEOUT TO '2min'; alter table t add column a int;",
    'set statement_timeout = 1000; truncate t;',
    "select set_config('statement_timeout', '5s', true); truncate t;",
    { sql: "begin; set local statement_timeout = '1s'; truncate t; commit;", transaction: 'none' },
    'create table t (a int); alter table t add column b int;',
    'create index concurrently i on t (a);',
    'vacuum t;',
    'reindex index concurrently i;',
    'update t set a = 1;',
    'create function f() returns void language plpgsql as $$ begin truncate t; end $$;',
  ],
})
