import { describeRule } from '../describe-rule.js'

describeRule('wide-lock-window', {
  bad: [
    {
      sql: 'alter table t add column a int;\n⟦alter table u add column a int⟧;\nalter table v add column a int;',
      message:
        'While this waits for u, nobody can read or write t, which line 1 locked until the transaction ends.',
      help: 'Put what is about u into a migration of its own.',
    },
    {
      sql: 'create trigger g before insert on t for each row execute function f(); ⟦alter table u add column a int⟧;',
      message:
        'While this waits for u, nobody can write to t, which line 1 locked until the transaction ends.',
    },
    { sql: 'alter table t add column a int; ⟦create index i on u (a)⟧;' },
    { sql: 'alter table t add column a int; ⟦drop table u⟧;' },
    { sql: 'do $$ begin alter table t add column a int; ⟦alter table u add column a int⟧; end $$;' },
    { sql: 'begin; alter table t add column a int; ⟦truncate u⟧; commit;', transaction: 'none' },
    { sql: 'alter table t add column a int references u; ⟦alter table v add column a int⟧;' },
    { sql: 'alter table t add column a int; ⟦create table c (a int references u)⟧;' },
  ],
  good: [
    'alter table t add column a int; alter table public.t add column b int;',
    ['alter table t add column a int;', 'alter table u add column a int;'],
    'alter table t add column a int; commit; alter table u add column a int;',
    { sql: 'alter table t add column a int; alter table u add column a int;', transaction: 'none' },
    'create table t (a int); alter table t add column b int; alter table u add column a int;',
    'alter table t add column a int; create table u (a int); alter table u add column b int;',
    'alter table t add constraint c foreign key (a) references u (a) not valid;',
    'alter table t add column a int references u;',
    'drop view v; drop view w; alter table t add column a int;',
    'alter table t rename to u; alter table u add column a int;',
    'alter table t set schema s; alter table s.t add column a int;',
    'alter table t rename to u; alter table u set schema s; alter table s.u rename a to b;',
    "alter table t add column a int; comment on table u is 'x'; update u set a = 1;",
    'alter table t validate constraint c; alter table u add column a int;',
  ],
})
