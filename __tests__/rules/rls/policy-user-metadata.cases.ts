import { describeRule } from '../describe-rule.js'

const table = 'create table orders (id bigint);'

describeRule('policy-user-metadata', {
  bad: [
    {
      sql: [
        table,
        "⟦create policy p on orders for select using ((auth.jwt() -> 'user_metadata' ->> 'role') = 'admin')⟧;",
      ],
      message: 'Policy p on orders trusts user_metadata, which users change themselves.',
      severity: 'error',
    },
    {
      sql: "⟦create policy p on orders for insert with check ((select auth.jwt() #>> '{user_metadata,role}') = 'admin')⟧;",
    },
    {
      sql: "⟦create policy p on orders using (current_setting('request.jwt.claims')::jsonb -> 'user_metadata' ->> 'a' = 'b')⟧;",
    },
    {
      sql: "⟦create policy p on orders using ((select raw_user_meta_data ->> 'a' from auth.users u where u.id = auth.uid()) = 'b')⟧;",
    },
    { sql: "⟦alter policy p on elsewhere using ((auth.jwt() -> 'user_metadata' ->> 'a') = 'b')⟧;" },
  ],
  good: [
    "create policy p on orders using ((auth.jwt() -> 'app_metadata' ->> 'role') = 'admin');",
    "create policy p on orders using (data ->> 'user_metadata' = 'a');",
    `${table} create policy p on orders using (auth.jwt() ->> 'user_metadata' = 'a'); drop policy p on orders;`,
  ],
})
