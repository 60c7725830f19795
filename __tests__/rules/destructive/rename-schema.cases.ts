import { describeRule } from '../describe-rule.js'

describeRule('rename-schema', {
  bad: [
    {
      sql: '⟦alter schema billing rename to payments⟧;',
      message:
        'The schema billing becomes payments, and all names in it that are written with the old one fail.',
      severity: 'error',
    },
  ],
  good: ['create schema a; alter schema a rename to b;', 'alter schema a owner to b;'],
})
