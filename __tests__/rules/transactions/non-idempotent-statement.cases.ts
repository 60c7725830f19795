import { describeRule } from '../describe-rule.js'

const NEXT = 'vacuum t;'
const outside = { transaction: 'none' } as const

describeRule('non-idempotent-statement', {
  bad: [
    {
      ...outside,
      sql: `⟦create table u (a int)⟧; ${NEXT}`,
      message: 'CREATE TABLE u fails when it is run again.',
      help: 'Write IF NOT EXISTS.',
      fixed: `create table if not exists u (a int); ${NEXT}`,
    },
    {
      sql: `⟦CREATE SCHEMA app⟧; ${NEXT}`,
      fixed: `CREATE SCHEMA IF NOT EXISTS app; ${NEXT}`,
      severity: 'notice',
    },
    { sql: `⟦create sequence s⟧; ${NEXT}`, fixed: `create sequence if not exists s; ${NEXT}` },
    {
      sql: `⟦create materialized view m as select 1⟧; ${NEXT}`,
      fixed: `create materialized view if not exists m as select 1; ${NEXT}`,
    },
    { sql: `⟦create view v as select 1⟧; ${NEXT}`, fixed: `create or replace view v as select 1; ${NEXT}` },
    {
      sql: `⟦create function f() returns int language sql as 'select 1'⟧; ${NEXT}`,
      help: 'Write CREATE OR REPLACE.',
    },
    {
      sql: `⟦create index concurrently i on t (a)⟧; ${NEXT}`,
      help: 'Write DROP INDEX CONCURRENTLY IF EXISTS before it.',
    },
    { sql: `⟦create type m as enum ('a')⟧; ${NEXT}`, help: 'Write DROP TYPE IF EXISTS before it.' },
    { sql: `⟦create policy p on t using (true)⟧; ${NEXT}`, help: 'Write DROP POLICY IF EXISTS before it.' },
    { sql: `⟦create temp table u (a int)⟧; ${NEXT}` },
    { sql: `⟦create table u (a int) on commit drop⟧; ${NEXT}` },
    {
      sql: `⟦drop index concurrently i⟧; ⟦DROP TABLE t⟧;`,
      fixed: 'drop index concurrently if exists i; DROP TABLE IF EXISTS t;',
    },
    {
      sql: `⟦drop materialized view m⟧; ${NEXT}`,
      message: 'DROP MATERIALIZED VIEW m fails when it is run again.',
      fixed: `drop materialized view if exists m; ${NEXT}`,
    },
    {
      sql: `⟦alter table t add column a int⟧; ${NEXT}`,
      fixed: `alter table t add column if not exists a int; ${NEXT}`,
    },
    { sql: `⟦alter table t add a int⟧; ${NEXT}`, fixed: `alter table t add if not exists a int; ${NEXT}` },
    {
      sql: `alter table t ⟦drop column a⟧, ⟦drop constraint c⟧; ${NEXT}`,
      fixed: `alter table t drop column if exists a, drop constraint if exists c; ${NEXT}`,
    },
    {
      sql: `⟦alter table t add constraint c check (a > 0)⟧; ${NEXT}`,
      help: 'Write DROP CONSTRAINT IF EXISTS before it.',
    },
    {
      sql: `alter table t drop constraint if exists c; alter table t add constraint c check (a > 0); ⟦alter table t add constraint c check (a > 0)⟧; ${NEXT}`,
    },
    { sql: `⟦alter table t rename to u⟧; ${NEXT}`, message: 'RENAME of t fails when it is run again.' },
    { sql: `⟦alter type m add value 'b'⟧; ${NEXT}` },
  ],
  good: [
    'create table u (a int); alter table t add column a int;',
    { sql: 'create table u (a int);', ...outside },
    { sql: 'begin; create table u (a int); commit; vacuum t;', ...outside },
    `create table if not exists u (a int); ${NEXT}`,
    `create temp table u (a int) on commit drop; ${NEXT}`,
    `create index concurrently on t (a); ${NEXT}`,
    `create index concurrently if not exists i on t (a); ${NEXT}`,
    `drop index concurrently if exists i; create index concurrently i on t (a);`,
    `drop policy if exists p on t; create policy p on public.t using (true); ${NEXT}`,
    `drop type if exists m; create type m as enum ('a'); ${NEXT}`,
    `drop trigger if exists g on t; create trigger g before insert on t for each row execute function f(); ${NEXT}`,
    `alter table t drop constraint if exists c, add constraint c check (a > 0); ${NEXT}`,
    `alter table t alter a set not null; alter table t enable row level security; ${NEXT}`,
    `alter table t validate constraint c; insert into t values (1); ${NEXT}`,
    `alter type m add value if not exists 'b'; ${NEXT}`,
  ],
})
