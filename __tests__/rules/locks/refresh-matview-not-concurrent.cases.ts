import { describeRule } from '../describe-rule.js'

describeRule('refresh-matview-not-concurrent', {
  bad: [
    {
      sql: '⟦refresh materialized view v⟧;',
      message: 'v can not be read while it is refreshed.',
      help: /needs a unique index/,
    },
    {
      before: 'create materialized view v as select 1 as a; create unique index on v (a);',
      sql: '⟦REFRESH MATERIALIZED VIEW v⟧;',
      help: 'Write REFRESH MATERIALIZED VIEW CONCURRENTLY.',
      fixed: 'REFRESH MATERIALIZED VIEW CONCURRENTLY v;',
    },
    {
      before: 'create materialized view v as select 1 as a; create unique index on v (a) where a > 0;',
      sql: '⟦refresh materialized view v⟧;',
      help: /needs a unique index/,
    },
    { sql: 'do $$ begin ⟦refresh materialized view v⟧; end $$;' },
  ],
  good: [
    'refresh materialized view concurrently v;',
    'refresh materialized view v with no data;',
    'create materialized view v as select 1; refresh materialized view v;',
  ],
})
