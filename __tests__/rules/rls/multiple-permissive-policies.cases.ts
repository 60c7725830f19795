import { describeRule } from '../describe-rule.js'

const table = 'create table t (a int);'

describeRule('multiple-permissive-policies', {
  bad: [
    {
      sql: [
        `${table} create policy "One" on t for select to anon using (a > 0);`,
        '⟦create policy two on t using (a > 1)⟧;',
      ],
      message: 'Policy two on t overlaps with "One": both are permissive for SELECT by anon.',
      severity: 'warning',
    },
    {
      before: `${table} create policy one on t to anon, authenticated using (a > 0);`,
      sql: '⟦create policy two on t for update to service, authenticated using (a > 1)⟧;',
      message: 'Policy two on t overlaps with one: both are permissive for UPDATE by authenticated.',
    },
    {
      sql: `${table} create policy one on t using (a > 0); ⟦create policy two on t using (a > 1)⟧;`,
      message: 'Policy two on t overlaps with one: both are permissive for ALL by public.',
    },
  ],
  good: [
    `${table} create policy one on t as restrictive using (a > 0); create policy two on t using (a > 1);`,
    `${table} create policy one on t for select using (a > 0); create policy two on t for update using (a > 1);`,
    `${table} create policy one on t to anon using (a > 0); create policy two on t to authenticated using (a > 1);`,
    `${table} create policy one on t using (a > 0); create policy two on t using (a > 1); drop policy one on t;`,
    {
      before: `${table} create policy one on t using (a > 0); create policy two on t using (a > 1);`,
      sql: 'select 1;',
    },
  ],
})
