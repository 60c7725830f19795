import { describeRule } from '../describe-rule.js'

describeRule('validate-in-same-transaction', {
  bad: [
    {
      sql: 'alter table orders add constraint c check (a > 0) not valid;\nalter table orders ⟦validate constraint c⟧;\n',
      message:
        'Validating c reads all of orders while nobody can read or write orders, because the same transaction holds ACCESS EXCLUSIVE on it.',
      fixed: 'alter table orders add constraint c check (a > 0) not valid;\n',
      next: 'alter table orders validate constraint c;',
      severity: 'warning',
    },
    {
      sql: 'begin; alter table app.orders add constraint f foreign key (a) references b not valid; alter table app.orders ⟦validate constraint f⟧; commit;',
      message:
        'Validating f reads all of app.orders while nobody can write to app.orders, because the same transaction holds SHARE ROW EXCLUSIVE on it.',
    },
    {
      transaction: 'none',
      sql: 'begin; alter table t add constraint c check (a > 0) not valid; alter table t ⟦validate constraint c⟧; commit;',
    },
    { sql: 'alter table t add b int, ⟦validate constraint c⟧;' },
    { sql: 'lock table t in share mode; alter table t ⟦validate constraint c⟧; select 1;' },
    {
      sql: 'alter table t add b int; alter table t set (fillfactor = 70); alter table t ⟦validate constraint c⟧;',
    },
  ],
  good: [
    'alter table t validate constraint c;',
    'alter table t validate constraint c; alter table t validate constraint d; alter table t alter a set not null;',
    ['alter table t add constraint c check (a > 0) not valid;', 'alter table t validate constraint c;'],
    'alter table a add constraint c check (a > 0) not valid; alter table b validate constraint c;',
    'alter table t add constraint c check (a > 0) not valid; commit; alter table t validate constraint c;',
    {
      transaction: 'none',
      sql: 'alter table t add constraint c check (a > 0) not valid; alter table t validate constraint c;',
    },
    'create table t (a int); alter table t add constraint c check (a > 0) not valid; alter table t validate constraint c;',
    'alter table t alter a set statistics 500; alter table t validate constraint c;',
    'create function f() returns void language plpgsql as $$ begin alter table t add b int; end $$; alter table t validate constraint c;',
  ],
})
