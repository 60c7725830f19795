import { describeRule } from '../describe-rule.js'

describeRule('view-exposes-auth-users', {
  bad: [
    {
      sql: 'select 1;\n⟦create view people as\n  select id from "auth".users⟧;',
      message: 'View public.people shows rows of auth.users to everybody who can ask the API.',
      severity: 'error',
    },
    { sql: '⟦create materialized view people as select p.a from p join auth.users u using (id)⟧;' },
    {
      sql: [
        'create view private.u as select * from auth.users;',
        '⟦create view people as select id from private.u⟧;',
      ],
    },
  ],
  good: [
    'create view people with (security_invoker = on) as select id from auth.users;',
    'create view private.people as select id from auth.users;',
    'create view people as select id from users; create view x as select id from auth.sessions;',
    'create view people as select id from auth.users; drop view people;',
  ],
})
