import { describeRule } from '../describe-rule.js'

describeRule('grant-all', {
  bad: [
    {
      sql: '⟦grant all on orders to app, "Jobs", public⟧;',
      message: 'app and "Jobs" get all privileges, needed or not.',
      severity: 'error',
    },
    {
      sql: '⟦grant all privileges on all tables in schema public to app⟧; ⟦grant all on database shop to app⟧;',
      class: 'staging',
      severity: 'warning',
    },
  ],
  good: [
    'grant select on orders to app;',
    'grant all on orders to anon;',
    'grant all on orders to postgres, service_role;',
    'grant all on function f() to app;',
    'revoke all on orders from app;',
  ],
})
