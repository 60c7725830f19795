import { describeRule } from '../describe-rule.js'

describeRule('session-replication-role', {
  bad: [
    {
      sql: '⟦set session_replication_role = replica⟧;',
      message: 'session_replication_role stays replica after this file: triggers and foreign keys are off.',
      severity: 'error',
    },
    { sql: "⟦SET SESSION session_replication_role TO 'REPLICA'⟧;" },
    { sql: '⟦set local session_replication_role = replica⟧;', transaction: 'none' },
    { sql: "select ⟦set_config⟧('session_replication_role', 'replica', false);" },
    {
      sql: '⟦alter database shop set session_replication_role = replica⟧;',
      message:
        'session_replication_role is replica for every later session: triggers and foreign keys are off.',
    },
    { sql: 'reset session_replication_role; ⟦set session_replication_role = replica⟧;' },
  ],
  good: [
    'set local session_replication_role = replica;',
    'set session_replication_role = replica; update t set a = 1; set session_replication_role = origin;',
    'set session_replication_role = replica; set session_replication_role to default;',
    'set session_replication_role = replica; reset all;',
    "select set_config('session_replication_role', 'replica', true);",
    'set session_replication_role = origin;',
  ],
})
