import { describeRule } from '../describe-rule.js'

describeRule('domain-constraint', {
  bad: [
    {
      sql: '⟦alter domain app.cents add constraint c check (value >= 0)⟧;',
      message:
        'Adding a constraint of domain app.cents reads every table that uses it while nobody can write to them.',
      severity: 'warning',
    },
    {
      sql: '⟦alter domain cents set not null⟧;',
      message:
        'Making values NOT NULL of domain cents reads every table that uses it while nobody can write to them.',
    },
    {
      sql: '⟦alter domain cents validate constraint c⟧;',
      message:
        'Validating the constraint c of domain cents reads every table that uses it while nobody can write to them.',
    },
    {
      sql: '⟦create domain cents as int check (value > 0) not null⟧;',
      message:
        'Domain cents has a constraint: adding a column of it to a table rewrites the table, and changing it later locks every table that uses it.',
      severity: 'notice',
    },
  ],
  good: [
    'create domain cents as int default 0;',
    'alter domain cents add constraint c check (value >= 0) not valid;',
    'create domain cents as int; alter domain cents add check (value >= 0);',
    'alter domain cents drop constraint c; alter domain cents drop not null; alter domain cents set default 1;',
  ],
})
