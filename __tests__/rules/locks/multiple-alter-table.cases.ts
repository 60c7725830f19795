import { describeRule } from '../describe-rule.js'

describeRule('multiple-alter-table', {
  bad: [
    {
      sql: 'alter table t add column a int;\n⟦alter table t add column b int⟧;',
      message: 'ALTER TABLE t could be part of the one on line 1.',
      fixed: 'alter table t add column a int,\n  add column b int;',
    },
    {
      sql: 'alter table t alter a set not null;\n⟦alter table t alter b set not null⟧;\n⟦alter table t add column c int⟧;',
      fixed: 'alter table t alter a set not null,\n  alter b set not null,\n  add column c int;',
    },
    { sql: 'alter table t add column a int; ⟦alter table public.t add column b int⟧;' },
    {
      sql: 'alter table t add column a int; alter table u add column a int; ⟦alter table t add column b int⟧;',
    },
    { sql: 'alter table t add column a int; ⟦alter table t add column b int⟧;', severity: 'notice' },
    { sql: 'alter table t add column a int; ⟦alter table t add column b int⟧;', transaction: 'none' },
  ],
  good: [
    'alter table t add column a int, add column b int;',
    'alter table t add column a int; alter table u add column a int;',
    'alter table app.t add column a int; alter table t add column a int;',
    'create table t (a int); alter table t add column b int; alter table t add column c int;',
    'alter table t add constraint c check (a > 0) not valid; alter table t validate constraint c;',
    'alter table t attach partition p default; alter table t attach partition q for values in (1);',
    'alter table t add column a int; update t set a = 1; alter table t alter a set not null;',
    'alter table if exists t add column a int; alter table t add column b int;',
    ['alter table t add column a int;', 'alter table t add column b int;'],
  ],
})
