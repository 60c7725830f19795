import { describeRule } from '../describe-rule.js'

describeRule('add-exclusion-constraint', {
  bad: [
    {
      sql: 'alter table booking ⟦add constraint once exclude using gist (during with &&)⟧;',
      message:
        'Adding once to booking builds an index and compares all rows while nobody can read or write the table.',
      severity: 'warning',
    },
    {
      sql: 'alter table booking add a int, ⟦add exclude (a with =)⟧;',
      message:
        'Adding an EXCLUDE constraint to booking builds an index and compares all rows while nobody can read or write the table.',
    },
  ],
  good: [
    'create table booking (during tstzrange, exclude using gist (during with &&));',
    'create table booking (a int); alter table booking add exclude (a with =);',
    'alter table booking add constraint c check (a > 0) not valid;',
  ],
})
