import { describeRule } from '../describe-rule.js'

describeRule('policy-without-rls', {
  bad: [
    {
      sql: [
        'create table orders (id bigint);',
        '⟦create policy "Own rows" on orders using (id > 0)⟧;\ncreate policy two on orders using (id > 1);',
      ],
      message: 'Policy "Own rows" does nothing: row level security is not enabled on public.orders.',
      severity: 'error',
    },
    {
      sql: '⟦create policy own on app.orders using (id > 0)⟧;',
      before: 'create table app.orders (id bigint);',
      fixed:
        'create policy own on app.orders using (id > 0);\nalter table app.orders enable row level security;',
    },
    {
      sql: 'create table app.orders (id bigint);\n⟦create policy own on app.orders using (id > 0)⟧;',
      fixed:
        'create table app.orders (id bigint);\nalter table app.orders enable row level security;\ncreate policy own on app.orders using (id > 0);',
    },
  ],
  good: [
    [
      'create table t (id int); create policy p on t using (id > 0);',
      'alter table t enable row level security;',
    ],
    'create table t (id int); create policy p on t using (id > 0); drop policy p on t;',
    'create policy p on unknown using (id > 0);',
    { sql: 'create table t (id int); create policy p on t using (id > 0);', apiSchemas: [] },
  ],
})
