import { describeRule } from '../describe-rule.js'

describeRule('drop-owned', {
  bad: [
    {
      sql: '⟦drop owned by old_app⟧;',
      message: 'DROP OWNED deletes everything of old_app in this database.',
      severity: 'error',
    },
    {
      sql: '⟦drop owned by a, b cascade⟧;',
      message: 'DROP OWNED deletes everything of a and b in this database, and what hangs on that.',
      class: 'staging',
      severity: 'warning',
    },
  ],
  good: ['reassign owned by a to b;', 'drop role a;'],
})
