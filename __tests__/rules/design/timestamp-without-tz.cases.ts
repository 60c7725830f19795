import { describeRule } from '../describe-rule.js'

describeRule('timestamp-without-tz', {
  bad: [
    {
      sql: 'create table app.accounts\n(\n    ⟦created_ts timestamp without time zone⟧ not null default now(),\n    ⟦d timestamp(3)⟧ default current_timestamp, ⟦e timestamp[]⟧\n);',
      message: [
        'Column created_ts of app.accounts is timestamp without time zone, which is no moment in time.',
        'Column d of app.accounts is timestamp without time zone, which is no moment in time.',
        'Column e of app.accounts is timestamp without time zone, which is no moment in time.',
      ],
      fixed:
        'create table app.accounts\n(\n    created_ts timestamptz not null default now(),\n    d timestamptz(3) default current_timestamp, e timestamptz[]\n);',
    },
    {
      sql: 'alter table t add ⟦c timestamp (0) without time zone⟧;',
      fixed: 'alter table t add c timestamptz(0);',
    },
    {
      sql: 'alter table app.users\n    alter column ⟦created_ts type timestamp⟧;',
      help: 'Write timestamptz.',
    },
    { sql: "create table t (⟦a timestamp⟧ default (now() at time zone 'utc'));" },
    { sql: "create table t (⟦a timestamp⟧ default '2020-01-01', ⟦b timestamp⟧ check (b > '2020-01-01'));" },
    {
      sql: 'create table t (⟦a timestamp⟧ generated always as (make_timestamp(y, 1, 1, 0, 0, 0)) stored, y int);',
    },
  ],
  good: [
    'create table t (a timestamptz, b timestamp with time zone, c timestamp(3) with time zone, d date, e time);',
  ],
})
