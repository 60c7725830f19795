import { describeRule } from '../describe-rule.js'

describeRule('server-program-role', {
  bad: [
    {
      sql: '⟦grant pg_execute_server_program, pg_read_all_data to app, jobs⟧;',
      message: 'app and jobs get pg_execute_server_program, and with it the machine of the server.',
      severity: 'error',
    },
    {
      sql: '⟦create role loader in role pg_write_server_files⟧;',
      message: 'loader gets pg_write_server_files, and with it the machine of the server.',
      class: 'development',
      severity: 'warning',
    },
  ],
  good: [
    'grant pg_read_all_data to app;',
    'revoke pg_execute_server_program from app;',
    'create role a in role b;',
  ],
})
