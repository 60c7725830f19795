import { describeRule } from '../describe-rule.js'

const table = 'create table orders (user_id uuid);'

describeRule('policy-uncached-auth-call', {
  bad: [
    {
      sql: `-- é😀\n${table}\ncreate policy own on orders using (⟦auth.uid()⟧ = user_id)\n  with check (user_id = "auth" . UID ( ));`,
      message: 'Policy own on orders calls auth.uid() again for every row.',
      help: 'Wrap it, so that it is called once a query: (select auth.uid()).',
      severity: 'warning',
      fixed: `-- é😀\n${table}\ncreate policy own on orders using ((select auth.uid()) = user_id)\n  with check (user_id = (select "auth" . UID ( )));`,
    },
    {
      sql: "create policy p on elsewhere using (tenant = ⟦current_setting('app.tenant', true)⟧::uuid);",
      help: 'Wrap it, so that it is called once a query: (select current_setting(…)).',
      fixed:
        "create policy p on elsewhere using (tenant = (select current_setting('app.tenant', true))::uuid);",
    },
    {
      sql: "create policy p on a using ((⟦auth.jwt()⟧ ->> 'role') = 'x' or exists (select 1 from m where m.id = auth.uid()));",
      fixed:
        "create policy p on a using (((select auth.jwt()) ->> 'role') = 'x' or exists (select 1 from m where m.id = (select auth.uid())));",
    },
    {
      sql: 'create policy p on a using ((select ⟦auth.uid()⟧ = user_id));',
      fixed: 'create policy p on a using ((select (select auth.uid()) = user_id));',
    },
    { sql: ['create table t (a uuid);', 'alter policy p on b using (a = ⟦auth.uid()⟧);'] },
  ],
  good: [
    "create policy p on a using (u = (select auth.uid()) and (select auth.jwt() ->> 'role') = 'x');",
    'create policy p on a using (u in (select auth.uid()));',
    'create policy p on a using (u = current_setting(name)::uuid);',
    'create policy p on a using (u = app.uid() and current_user = owner);',
    'select auth.uid();',
    `${table} create policy p on orders using (user_id = auth.uid()); drop policy p on orders;`,
    `${table} create policy p on orders using (user_id = auth.uid()); alter policy p on orders using (user_id = (select auth.uid()));`,
  ],
})
