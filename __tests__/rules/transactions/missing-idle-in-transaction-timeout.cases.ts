import { describeRule } from '../describe-rule.js'

describeRule('missing-idle-in-transaction-timeout', {
  bad: [
    {
      sql: '⟦alter table t add column a int⟧;\nalter table u add column a int;',
      help: "Write set local idle_in_transaction_session_timeout = '60s'; before it, or -- devflow:idle-in-transaction-session-timeout=60s in the head of the file.",
      fixed:
        "set local idle_in_transaction_session_timeout = '60s';\nalter table t add column a int;\nalter table u add column a int;",
    },
    { sql: 'set idle_in_transaction_session_timeout = 0; ⟦drop table t⟧;' },
    { sql: "set foo.idle_in_transaction_session_timeout = '1s'; ⟦create index i on t (a)⟧;" },
    { sql: "⟦refresh materialized view v⟧; set idle_in_transaction_session_timeout = '1s';" },
    {
      sql: "set idle_in_transaction_session_timeout = '1s'; reset idle_in_transaction_session_timeout; ⟦reindex index i⟧;",
    },
    {
      sql: "set idle_in_transaction_session_timeout = '1s'; set idle_in_transaction_session_timeout to default; ⟦truncate t⟧;",
    },
    { sql: "set idle_in_transaction_session_timeout = '1s'; reset all; ⟦truncate t⟧;" },
    {
      sql: "begin; set local idle_in_transaction_session_timeout = '1s'; commit; ⟦truncate t⟧;",
      transaction: 'none',
    },
    {
      sql: "set local idle_in_transaction_session_timeout = '1s'; ⟦truncate t⟧;",
      transaction: 'none',
      help: "Write set idle_in_transaction_session_timeout = '60s'; before it",
    },
    { sql: 'do $$ begin ⟦truncate t⟧; end $$;' },
    {
      sql: 'begin; ⟦truncate t⟧; commit; begin; truncate u; commit;',
      transaction: 'none',
      fixed:
        "begin; set idle_in_transaction_session_timeout = '60s';\ntruncate t; commit; begin; truncate u; commit;",
    },
  ],
  good: [
    "set idle_in_transaction_session_timeout = '1s'; alter table t add column a int;",
    "SET LOCAL IDLE_IN_TRANSACTION_SESSION_TIMEOUT TO '2min'; alter table t add column a int;",
    'set idle_in_transaction_session_timeout = 1000; truncate t;',
    "select set_config('idle_in_transaction_session_timeout', '5s', true); truncate t;",
    {
      sql: "begin; set local idle_in_transaction_session_timeout = '1s'; truncate t; commit;",
      transaction: 'none',
    },
    'create table t (a int); alter table t add column b int;',
    'create index concurrently i on t (a);',
    'vacuum t;',
    'reindex index concurrently i;',
    'update t set a = 1;',
    'create function f() returns void language plpgsql as $$ begin truncate t; end $$;',
  ],
})
