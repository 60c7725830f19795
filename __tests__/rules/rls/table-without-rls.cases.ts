import { describeRule } from '../describe-rule.js'

describeRule('table-without-rls', {
  bad: [
    {
      sql: '⟦create table orders (\n  id bigint\n)⟧ -- all of them\n;\ncreate index on orders (id);',
      message: 'Table public.orders is served by the API and has no row level security.',
      help: 'Add alter table public.orders enable row level security, and policies for those who may see its rows.',
      severity: 'error',
      fixed:
        'create table orders (\n  id bigint\n) -- all of them\n;\nalter table public.orders enable row level security;\ncreate index on orders (id);',
    },
    {
      sql: '⟦create table "Orders" as select 1 as a⟧ -- end',
      message: 'Table public."Orders" is served by the API and has no row level security.',
      fixed:
        'create table "Orders" as select 1 as a;\nalter table public."Orders" enable row level security -- end',
      severity: 'error',
    },
    {
      sql: [
        '⟦create table a (id int)⟧; create table b (id int);',
        'alter table a enable row level security; alter table b enable row level security;',
        'alter table a disable row level security;',
      ],
    },
    { sql: '⟦create table api.a (id int)⟧; create table b (id int);', apiSchemas: ['api'] },
    { sql: '⟦create table p (id int) partition by range (id)⟧; create table p1 partition of p default;' },
    { sql: '⟦create table a (id int)⟧;', class: 'staging', severity: 'warning' },
  ],
  good: [
    ['create table a (id int);', 'alter table a enable row level security;'],
    'create table private.a (id int); create temp table b (id int);',
    'create table a (id int); drop table a;',
    'create table a (id int); alter table a set schema private;',
    { sql: 'select 1;', before: 'create table a (id int);' },
    { sql: 'create table a (id int);', apiSchemas: [] },
  ],
})
