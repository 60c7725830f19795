import { describeRule } from '../describe-rule.js'

const table = 'create table orders (id bigint); alter table orders enable row level security;'

describeRule('policy-always-true', {
  bad: [
    {
      sql: [table, '⟦create policy "All of it" on orders for all using (true)⟧;'],
      message: 'Policy "All of it" on orders lets public write every row: its USING is always true.',
      help: 'Say in USING whose rows they may write.',
      severity: 'error',
    },
    {
      sql: `${table} ⟦create policy p on public.orders for insert to anon, authenticated with check (1 = 1)⟧;`,
      message:
        'Policy p on public.orders lets anon, authenticated insert any row: its WITH CHECK is always true.',
    },
    { sql: '⟦create policy p on elsewhere using ((select true))⟧;' },
    { sql: '⟦create policy p on orders for update using (id = 1) with check (true)⟧;' },
    {
      sql: `${table} create policy p on orders for delete using (id > 0); ⟦alter policy p on orders using (true)⟧;`,
    },
    {
      before: `${table} create policy p on orders for delete using (id > 0);`,
      sql: '⟦alter policy p on orders using (true)⟧;',
      message: 'Policy p on orders lets public delete every row: its USING is always true.',
    },
    { sql: '⟦create policy p on orders for all using (true)⟧;', class: 'development', severity: 'warning' },
  ],
  good: [
    'create policy p on orders for select using (true);',
    'create policy p on orders as restrictive for all using (true);',
    'create policy p on orders for all to service_role, admin using (true);',
    'create policy p on orders for all using (id = 1) with check (id = 2);',
    'alter policy p on elsewhere using (true);',
    `${table} create policy p on orders using (true); drop policy p on orders;`,
    { before: `${table} create policy p on orders using (true);`, sql: 'select 1;' },
  ],
})
