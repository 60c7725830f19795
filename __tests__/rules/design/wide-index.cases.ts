import { describeRule } from '../describe-rule.js'

describeRule('wide-index', {
  bad: [
    {
      sql: '⟦create index concurrently i on app.orders (a, b, lower(c), d)⟧;',
      transaction: 'none',
      message: 'This index on app.orders has 4 columns.',
    },
  ],
  good: [
    'create index on t (a, b, c) include (d);',
    'create unique index on t (a, b, c, d);',
    { sql: 'create index on t (a, b, c, d);', on: [] },
  ],
})
