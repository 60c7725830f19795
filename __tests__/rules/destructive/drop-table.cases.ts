import { describeRule } from '../describe-rule.js'

describeRule('drop-table', {
  bad: [
    {
      sql: '⟦drop table orders⟧;',
      message: 'DROP TABLE deletes orders and all its rows.',
      severity: 'error',
    },
    { sql: '⟦drop table orders⟧;', class: 'staging', severity: 'warning' },
    {
      sql: '⟦DROP TABLE IF EXISTS billing."Orders", b, c CASCADE⟧;',
      message: 'DROP TABLE deletes billing."Orders", b and c and all their rows.',
    },
    { sql: '⟦drop table "t"⟧;\n⟦drop table if exists "t"⟧;\n⟦drop table if exists t⟧' },
    {
      sql: 'create table a (id int);\n⟦drop table a, b⟧;',
      message: 'DROP TABLE deletes b and all its rows.',
    },
    { sql: '⟦drop table if exists orders⟧; create table orders (id int);' },
    { sql: '⟦drop table orders⟧;', before: 'create table orders (id int);' },
    { sql: 'create table a (id int); drop table a; ⟦drop table a⟧;' },
  ],
  good: [
    'create table orders (id int); drop table orders;',
    ['create table orders (id int);', 'drop table public.orders;'],
    'create temp table work (id int); drop table work;',
    'drop table pg_temp.work;',
    'drop view orders; drop materialized view sums; drop index i;',
    'drop foreign table remote_orders;',
  ],
})
