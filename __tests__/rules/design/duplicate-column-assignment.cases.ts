import { describeRule } from '../describe-rule.js'

const a63 = 'a'.repeat(63)

describeRule('duplicate-column-assignment', {
  bad: [
    {
      sql: 'update k\nset\n  ⟦a⟧ = 1,\n  b = 2,\n  ⟦a⟧ = 3,\n  ⟦a⟧ = 4;',
      message: Array(3).fill('Column a is set 3 times.'),
      severity: 'warning',
    },
    { sql: 'update k set (⟦a⟧, b) = (1, 2), ⟦"a"⟧ = 3;' },
    {
      sql: `update k set ⟦${a63}x⟧ = 1, ⟦${a63}y⟧ = 2;`,
      message: Array(2).fill(`Column ${a63} is set 2 times.`),
    },
    {
      sql: 'insert into k (⟦a⟧, b, ⟦A⟧) values (1, 2, 3);',
      message: Array(2).fill('Column a is inserted 2 times.'),
    },
    { sql: 'insert into k (a) values (1) on conflict (a) do update set ⟦b⟧ = 1, ⟦b⟧ = 2;' },
    { sql: 'with x as (insert into k (⟦a⟧, ⟦a⟧) values (1, 1) returning a) select * from x;' },
    { sql: 'with x as (update k set ⟦a⟧ = 1, ⟦a⟧ = 2 returning a) insert into l (a) select a from x;' },
    {
      sql: 'merge into t using s on t.id = s.id when not matched then insert (⟦a⟧, ⟦a⟧) values (1, 2)\nwhen matched then update set ⟦b⟧ = 1, ⟦b⟧ = 2;',
    },
    {
      sql: 'create table t (\n  ⟦a⟧ int,\n  b int,\n  ⟦a⟧ text\n);',
      message: Array(2).fill('Column a is defined 2 times.'),
    },
    { sql: 'create foreign table t (⟦a⟧ int, ⟦a⟧ text) server s;' },
    { sql: 'create view v (⟦a⟧, ⟦a⟧) as select 1, 2;', message: Array(2).fill('Column a is given 2 times.') },
    { sql: 'create view v (⟦b⟧) as select 1, ⟦2⟧ as b;' },
    { sql: 'create view v as select ⟦1⟧ a, ⟦2⟧ a;' },
    {
      sql: 'create view v as\nselect ⟦1⟧, ⟦2⟧ union select 1, 2;',
      message: Array(2).fill('Column "?column?" is given 2 times.'),
    },
    { sql: 'create materialized view v as select ⟦x⟧.a, y.*, ⟦y⟧.a from x, y;' },
    {
      sql: 'create table t as select ⟦count⟧(*), ⟦count⟧(a) from u;',
      message: Array(2).fill('Column count is given 2 times.'),
    },
    { sql: 'create table t (⟦a⟧, ⟦a⟧) as select 1, 2;' },
    { sql: 'select ⟦1⟧ a, ⟦2⟧ a into z;' },
  ],
  good: [
    'update k set a.x = 1, a.y = 2; update k set a[1] = 1, a[2] = 2; update k set "A" = 1, A = 2;',
    'insert into k (a, b) values (1, 2); insert into k (a.x, a.y) values (1, 2);',
    'create view v (a, b) as select 1 a, 2 a; create view w as select 1 a, 2 b;',
    'create view v (a) as select *, 1 as a from t; select 1 a, 2 a;',
    'create table t (a int, b int, check (a > 0), check (b > 0));',
    'create view v as select 1::int, a::text, lower(b), nullif(c, d), (select e), exists (select f), case g when 1 then 2 end, coalesce(h), current_date from t;',
    'merge into k using j on k.id = j.id when matched then update set a = 1 when not matched then insert (a) values (1);',
  ],
})
