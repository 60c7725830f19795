import { describeRule } from '../describe-rule.js'

describeRule('drop-schema-cascade', {
  bad: [
    {
      sql: '⟦drop schema billing cascade⟧;',
      message: 'DROP SCHEMA billing CASCADE deletes everything in it and what hangs on that elsewhere.',
      severity: 'error',
    },
    {
      sql: '⟦drop schema billing cascade⟧;',
      before:
        'create schema billing; create table billing.invoices (id int); create type billing.state as enum ();',
      message:
        'DROP SCHEMA billing CASCADE deletes everything in it and what hangs on that elsewhere: billing.invoices and billing.state.',
    },
  ],
  good: [
    'drop schema billing;',
    'create schema billing; drop schema billing cascade;',
    'drop table t cascade;',
  ],
})
