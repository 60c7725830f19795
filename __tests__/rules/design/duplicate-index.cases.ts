import { describeRule } from '../describe-rule.js'

const table = 'create table t (id bigint primary key, a int, b int);'

describeRule('duplicate-index', {
  bad: [
    {
      before: table,
      sql: '⟦create index t_id on t (id)⟧;',
      message: 'Index t_id on public.t does what its primary key or unique constraint does already.',
      severity: 'notice',
    },
    {
      sql: [
        table,
        'create index one on t (a, lower(b::text)) where a > 0;',
        '⟦create index two on t (a, lower(b::text)) where a > 0⟧;',
      ],
      message: 'Index two on public.t does what index one does already.',
    },
    {
      sql: `${table} ⟦create index on t (a)⟧; create unique index u on t (a);`,
      message: 'An index without a name on public.t does what index u does already.',
    },
    { sql: `${table} create index on t (a); ⟦create index on t (a)⟧;` },
    { sql: `${table} create unique index u on t (a); ⟦create unique index v on t (a)⟧;` },
  ],
  good: [
    `${table} create index one on t (a); create index two on t (a, b); create index three on t (b, a);`,
    `${table} create index one on t (a); create index two on t using hash (a);`,
    `${table} create index one on t (a); create index two on t (a desc); create index three on t (a) include (b);`,
    `${table} create index one on t (a) where b > 0; create index two on t (a) where b > 1;`,
    `${table} create index if not exists one on t (a); create index if not exists one on t (a);`,
    `${table} create unique index u on t (a); create unique index v on t (a) nulls not distinct;`,
    [table, 'create index one on t (a);', 'create index two on t (a); drop index one;'],
    { before: `${table} create index one on t (a);`, sql: 'create unique index two on t (a);' },
  ],
})
