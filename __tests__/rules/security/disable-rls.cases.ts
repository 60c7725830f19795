import { describeRule } from '../describe-rule.js'

describeRule('disable-rls', {
  bad: [
    {
      sql: 'alter table shop.orders add column a int, ⟦disable row level security⟧;',
      message: 'Row level security of shop.orders is off from now on, and its policies are not asked.',
      severity: 'error',
    },
    {
      sql: 'create table orders (id int); alter table orders ⟦disable row level security⟧;',
      severity: 'warning',
    },
    {
      sql: 'alter table orders ⟦disable row level security⟧; alter table orders enable row level security;',
      transaction: 'none',
    },
  ],
  good: [
    'alter table orders enable row level security;',
    'alter table orders disable row level security; alter table public.orders enable row level security;',
  ],
})
