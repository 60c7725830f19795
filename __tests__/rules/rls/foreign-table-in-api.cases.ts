import { describeRule } from '../describe-rule.js'

describeRule('foreign-table-in-api', {
  bad: [
    {
      sql: 'select 1;\n⟦create foreign table "Totals" (a int) server s⟧;',
      message: 'Foreign table public."Totals" is served by the API, and no policy can hide its rows.',
      severity: 'warning',
    },
    {
      sql: '⟦create foreign table api.t (a int) server s⟧; create foreign table u (a int) server s;',
      apiSchemas: ['api'],
    },
  ],
  good: [
    'create foreign table private.t (a int) server s;',
    ['create foreign table t (a int) server s;', 'drop foreign table t;'],
    { sql: 'select 1;', before: 'create foreign table t (a int) server s;' },
    { sql: 'create foreign table t (a int) server s;', apiSchemas: [] },
  ],
})
