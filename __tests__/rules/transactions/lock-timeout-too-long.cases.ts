import { describeRule } from '../describe-rule.js'

describeRule('lock-timeout-too-long', {
  bad: [
    {
      sql: "⟦set lock_timeout = '5min'⟧; alter table t add column a int;",
      message: 'All who use t may have to wait for 300 s behind what waits for its lock.',
      help: "Leave it out, or write lock_timeout = '3s'.",
      severity: 'warning',
    },
    {
      sql: '⟦set local lock_timeout = 0⟧; update u set a = 1; alter table app.t add column a int;',
      message: 'All who use app.t may have to wait for as long as it takes behind what waits for its lock.',
    },
    { sql: '⟦set lock_timeout to 10001⟧; truncate t;' },
    { sql: "⟦select set_config('lock_timeout', '1h', false)⟧; truncate t;" },
    { sql: "set lock_timeout = '1s'; truncate t; ⟦set lock_timeout = '1d'⟧; truncate u;" },
  ],
  good: [
    "set lock_timeout = '10s'; alter table t add column a int;",
    'set lock_timeout = 5000; alter table t add column a int;',
    'set lock_timeout = 0;',
    "set lock_timeout = 0; set lock_timeout = '3s'; truncate t;",
    'set lock_timeout = 0; create index concurrently i on t (a);',
    'set lock_timeout = 0; create table t (a int); alter table t add column b int;',
    'create table t (a int); set lock_timeout = 0; truncate t;',
    "set statement_timeout = '1h'; truncate t;",
    "set lock_timeout = 'soon'; truncate t;",
  ],
})
