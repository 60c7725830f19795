import { describeRule } from '../describe-rule.js'

describeRule('table-without-primary-key', {
  bad: [
    {
      sql: 'select 1;\n⟦create table app."Events" (\n  id bigint not null unique\n)⟧;',
      message: 'Table app."Events" has no primary key.',
    },
    { sql: ['⟦create table t (id int primary key)⟧;', 'alter table t drop constraint t_pkey;'] },
    { sql: '⟦create table t as select 1 as a⟧;' },
    { sql: '⟦create table t (id int) partition by range (id)⟧;\ncreate table t1 partition of t default;' },
  ],
  good: [
    ['create table t (id int);', 'alter table t add constraint t_pkey primary key (id);'],
    [
      'create table t (id int not null);',
      'create unique index i on t (id); alter table t add primary key using index i;',
    ],
    'create temp table t (id int);',
    'create table t (like u including all);',
    'create table t (id int); drop table t;',
    'create view v as select 1;',
    { sql: 'alter table t add column a int;', before: 'create table t (id int);' },
    { sql: 'create table t (id int);', class: 'development', on: [] },
  ],
})
