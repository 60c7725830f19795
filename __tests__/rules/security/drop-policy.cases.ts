import { describeRule } from '../describe-rule.js'

describeRule('drop-policy', {
  bad: [
    {
      sql: '⟦drop policy if exists "Own rows" on shop.orders⟧;',
      message: 'The policy "Own rows" of shop.orders goes, and no new one of that name comes in this file.',
      severity: 'error',
    },
    {
      sql: '⟦drop policy tenant on orders⟧; create policy other on orders using (true);',
      before: 'create table orders (id int); create policy tenant on orders as restrictive using (id > 0);',
      message: 'The restrictive policy tenant of orders goes, and rows that it kept back are given out.',
    },
    { sql: 'create policy p on orders using (true); ⟦drop policy p on orders⟧;' },
  ],
  good: [
    'drop policy p on orders; create policy p on public.orders using (true);',
    'create table orders (id int); create policy p on orders using (true); drop policy p on orders;',
    {
      sql: 'create policy p on orders using (true); drop policy p on orders;',
      before: 'create table orders (id int);',
    },
  ],
})
