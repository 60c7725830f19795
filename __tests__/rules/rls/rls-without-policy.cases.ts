import { describeRule } from '../describe-rule.js'

describeRule('rls-without-policy', {
  bad: [
    {
      sql: ['select 1;\n⟦create table a (id int)⟧;', 'alter table a enable row level security;'],
      message: 'Table public.a has row level security and no policy, so the API shows none of its rows.',
      severity: 'notice',
    },
    {
      sql: '⟦create table a (id int)⟧; alter table a enable row level security; create policy p on a using (true); drop policy p on a;',
    },
  ],
  good: [
    [
      'create table a (id int); alter table a enable row level security;',
      'create policy p on a using (true);',
    ],
    'create table private.a (id int); alter table private.a enable row level security;',
    'create table a (id int);',
  ],
})
