import { describeRule } from '../describe-rule.js'

describeRule('table-without-schema', {
  bad: [
    {
      sql: 'create table if not exists ⟦"My table"⟧ (id int);',
      message: 'The schema of table "My table" is left to the search_path.',
      help: 'Write the schema before it: public."My table".',
    },
    { sql: 'create table ⟦t⟧ as select 1;' },
    { sql: 'select 1 as a into ⟦t⟧;' },
    { sql: 'alter table only ⟦t⟧ add column name text, drop column b;' },
    {
      sql: 'alter table ⟦t⟧ rename to u; alter table ⟦t⟧ rename column a to b; alter table ⟦t⟧ set schema s;',
    },
    {
      sql: 'drop table if exists public.a, ⟦b⟧, ⟦"c.d"⟧ cascade;',
      message: [
        'The schema of table b is left to the search_path.',
        'The schema of table "c.d" is left to the search_path.',
      ],
    },
    { sql: 'create foreign table ⟦t⟧ (a int) server s;' },
    { sql: 'create table ⟦p⟧ partition of public.t for values in (1);' },
  ],
  good: [
    'create table public.t (id int); alter table public.t add b int; drop table public.t, app.u;',
    'create temp table t (id int); alter table t add b int;',
    'create temporary table t as select 1; create view v as select 1; drop view v;',
    'alter index i set (fillfactor = 70); alter view v rename to w;',
  ],
})
