import { describeRule } from '../describe-rule.js'

describeRule('role-attributes', {
  bad: [
    {
      sql: 'create role jobs login ⟦bypassrls⟧ ⟦replication⟧;',
      message: [
        'The role jobs gets BYPASSRLS: it sees and changes all rows whatever the policies say.',
        'The role jobs gets REPLICATION: it can copy the whole server.',
      ],
      severity: 'error',
    },
    { sql: 'alter role app ⟦createrole⟧;' },
  ],
  good: [
    'create role app login nobypassrls noreplication nocreaterole createdb;',
    'alter role app set role to b;',
  ],
})
