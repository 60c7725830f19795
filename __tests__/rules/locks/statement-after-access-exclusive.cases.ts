import { describeRule } from '../describe-rule.js'

describeRule('statement-after-access-exclusive', {
  bad: [
    {
      sql: 'alter table t add column a int;\n⟦update t set a = 1⟧;\n⟦select count(*) from t⟧;',
      message: [
        'UPDATE runs while nobody can read or write t, which line 1 locked until the transaction ends.',
        'SELECT runs while nobody can read or write t, which line 1 locked until the transaction ends.',
      ],
      help: 'Put it into a migration of its own.',
    },
    { sql: 'alter table t add column a int; ⟦create index i on t (a)⟧;' },
    { sql: 'alter table t add column a int; ⟦create index i on u (a)⟧;' },
    { sql: 'begin; alter table t add column a int; ⟦delete from u⟧; commit;' },
    {
      sql: 'begin; alter table t add column a int; ⟦delete from u⟧; commit; delete from v;',
      transaction: 'none',
    },
    { sql: 'alter table t add column a int; do $$ begin ⟦update u set a = 1⟧; end $$;' },
    { sql: 'do $$ begin alter table t add column a int; ⟦update u set a = 1⟧; end $$;' },
    { sql: 'truncate t; ⟦insert into t select * from u⟧;' },
    { sql: 'lock table t; ⟦copy u from stdin⟧;\n\\.\n' },
    {
      sql: 'drop index i; ⟦update u set a = 1⟧;',
      message:
        'UPDATE runs while nobody can read or write the table of index i, which line 1 locked until the transaction ends.',
    },
    { sql: 'alter table t add column a int; ⟦select backfill()⟧;' },
    { sql: 'alter table t add column a int; ⟦call backfill()⟧;' },
    { sql: 'alter table t add column a int; ⟦create table c as select * from t⟧;' },
    { sql: 'alter table t add column a int; ⟦refresh materialized view v⟧;' },
    { sql: 'create policy p on t using (true); ⟦with w as (select 1) update u set a = 1⟧;' },
  ],
  good: [
    'alter table t add column a int;',
    'create table t (a int); alter table t add column b int; update t set b = 1;',
    ['alter table t add column a int;', 'update t set a = 1;'],
    { sql: 'alter table t add column a int; update t set a = 1;', transaction: 'none' },
    'update t set a = 1; alter table t add column a int;',
    'alter table t add column a int; commit; update t set a = 1;',
    "alter table t add column a int; comment on column t.a is 'x'; grant select on t to r;",
    'alter table t add column a int; insert into u values (1), (2);',
    "alter table t add column a int; select set_config('x.y', 'z', true), pg_catalog.setval('s', 1);",
    'alter table t add column a int; alter table t add column b int;',
    'alter table t add column a int; create table u (b int); update u set b = 1; with w as (select 1 as x) select * from w;',
    'create index i on t (a); update u set a = 1;',
    'drop table t; update u set a = 1;',
    'drop view if exists v; update u set a = 1;',
    'create or replace view v as select 1; update u set a = 1;',
    'alter table t add column a int; truncate t;',
    'alter table t add column a int; select 1 from pg_catalog.pg_class; select 1 from pg_constraint;',
    'create function f() returns void language sql as $$ update t set a = 1 $$; alter table t add column a int;',
    'alter table t add column a int; create function f() returns void language sql as $$ update t set a = 1 $$;',
  ],
})
