import { describeRule } from '../describe-rule.js'

describeRule('reg-type-column', {
  bad: [
    {
      sql: 'create table jobs (\n  id bigint,\n  ⟦run regproc⟧ not null,\n  ⟦c pg_catalog.regconfig[]⟧\n);',
      message: [
        'Column run of jobs is regproc, which pg_upgrade refuses.',
        'Column c of jobs is regconfig, which pg_upgrade refuses.',
      ],
      severity: 'warning',
      apiSchemas: [],
    },
    { sql: 'alter table app.jobs add column ⟦n regnamespace⟧;' },
  ],
  good: [
    'create table jobs (a regclass, b regtype, c regrole, d text);',
    'create temp table jobs (run regproc);',
  ],
})
