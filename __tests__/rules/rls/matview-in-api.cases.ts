import { describeRule } from '../describe-rule.js'

describeRule('matview-in-api', {
  bad: [
    {
      sql: 'select 1;\n⟦create materialized view "Totals" as select 1 as a⟧;',
      message: 'Materialized view public."Totals" is served by the API, and no policy can hide its rows.',
      severity: 'warning',
    },
    {
      sql: '⟦create materialized view api.t as select 1 as a⟧; create materialized view u as select 1 as a;',
      apiSchemas: ['api'],
    },
  ],
  good: [
    'create materialized view private.t as select 1 as a;',
    ['create materialized view t as select 1 as a;', 'drop materialized view t;'],
    { sql: 'select 1;', before: 'create materialized view t as select 1 as a;' },
    { sql: 'create materialized view t as select 1 as a;', apiSchemas: [] },
  ],
})
