import { describeRule } from '../describe-rule.js'

describeRule('alter-default-privileges', {
  bad: [
    {
      sql: '⟦alter default privileges in schema public grant all on tables to anon, authenticated, app⟧;',
      message: 'All tables made from now on give all privileges to anon and authenticated.',
      severity: 'error',
    },
    {
      sql: '⟦alter default privileges for role owner grant execute on functions to public⟧;',
      message: 'All functions made from now on give EXECUTE to PUBLIC.',
    },
  ],
  good: [
    'alter default privileges grant select on tables to authenticated;',
    'alter default privileges grant all on tables to app;',
    'alter default privileges revoke all on tables from anon;',
  ],
})
