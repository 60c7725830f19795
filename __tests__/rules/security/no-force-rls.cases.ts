import { describeRule } from '../describe-rule.js'

describeRule('no-force-rls', {
  bad: [
    {
      sql: 'alter table orders ⟦no force row level security⟧;',
      message: 'The policies of orders no longer bind its owner.',
      severity: 'error',
    },
  ],
  good: [
    'alter table orders force row level security;',
    'alter table orders no force row level security; alter table orders force row level security;',
  ],
})
