import { describeRule } from '../describe-rule.js'

describeRule('drop-schema', {
  bad: [
    {
      sql: '⟦drop schema billing⟧;',
      message: 'DROP SCHEMA removes billing.',
      class: 'staging',
      severity: 'error',
    },
    { sql: '⟦drop schema billing⟧;', class: 'development', severity: 'warning' },
    { sql: '⟦drop schema if exists a, b restrict⟧;', message: 'DROP SCHEMA removes a and b.' },
    { sql: 'create schema a; ⟦drop schema a, b⟧;', message: 'DROP SCHEMA removes b.' },
    { sql: '⟦drop schema a⟧;', before: 'create schema a;' },
  ],
  good: ['create schema billing; drop schema billing;', 'drop schema billing cascade;', 'drop table schema;'],
})
