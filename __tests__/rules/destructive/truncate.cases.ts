import { describeRule } from '../describe-rule.js'

describeRule('truncate', {
  bad: [
    {
      sql: '⟦truncate table only a, shop.b restart identity⟧;',
      message: 'TRUNCATE deletes all rows of a and shop.b.',
      severity: 'error',
    },
    { sql: 'create table a (id int); ⟦truncate a, b⟧;', message: 'TRUNCATE deletes all rows of b.' },
    { sql: '⟦truncate a⟧;', class: 'development', severity: 'warning' },
  ],
  good: [
    'create table a (id int); truncate a;',
    'create temp table a (id int); truncate a;',
    'truncate a cascade;',
    'select truncate(1);',
  ],
})
