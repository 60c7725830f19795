import { describeRule } from '../describe-rule.js'

describeRule('server-file-function', {
  bad: [
    {
      sql: "insert into t select ⟦pg_catalog.pg_read_file⟧('/etc/passwd') where id in (select ⟦LO_EXPORT⟧(1, 'x'));",
      message: [
        "pg_read_file() reads the server's files.",
        "lo_export() writes the server's files, which no rollback undoes.",
      ],
      severity: 'error',
    },
    {
      sql: "select * from ⟦dblink⟧('host=x', 'select 1') as t(a int);",
      class: 'development',
      severity: 'warning',
    },
    { sql: 'select ⟦pg_terminate_backend⟧(pid) from pg_stat_activity;' },
    { sql: 'do $$ begin perform ⟦pg_cancel_backend⟧(1); end $$;' },
  ],
  good: [
    "select other.pg_read_file('x');",
    'select now(), pg_backend_pid();',
    'create table t (pg_read_file int);',
  ],
})
