import { describeRule } from '../describe-rule.js'

describeRule('superuser-role', {
  bad: [
    {
      sql: 'create role "Root" login ⟦superuser⟧ bypassrls;',
      message: 'The role "Root" becomes a superuser, for whom no permission is checked.',
      severity: 'error',
    },
    { sql: 'alter user app with ⟦SUPERUSER⟧;', class: 'development', severity: 'warning' },
    {
      sql: 'alter role current_user ⟦superuser⟧;',
      message: 'The role "CURRENT_USER" becomes a superuser, for whom no permission is checked.',
    },
  ],
  good: ['create role app login nosuperuser;', 'alter role app nosuperuser;', 'create role superuser;'],
})
