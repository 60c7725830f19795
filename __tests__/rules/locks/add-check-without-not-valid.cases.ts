import { describeRule } from '../describe-rule.js'

describeRule('add-check-without-not-valid', {
  bad: [
    {
      sql: 'alter table orders ⟦add constraint total_check check (total >= 0)⟧;',
      message: 'Adding total_check to orders checks every row while nobody can read or write the table.',
      fixed: 'alter table orders add constraint total_check check (total >= 0) not valid;',
      next: 'alter table orders validate constraint total_check;',
      severity: 'warning',
    },
    {
      sql: 'ALTER TABLE "user" ⟦ADD CHECK (a > 0 AND a < 9)⟧;',
      message: 'Adding a CHECK to "user" checks every row while nobody can read or write the table.',
      fixed: 'ALTER TABLE "user" ADD CONSTRAINT user_a_check CHECK (a > 0 AND a < 9) NOT VALID;',
      next: 'ALTER TABLE "user" VALIDATE CONSTRAINT user_a_check;',
    },
    {
      sql: 'alter table orders add c int, ⟦add check (a > b) no inherit⟧ -- both\n;',
      fixed:
        'alter table orders add c int, add constraint orders_check check (a > b) no inherit not valid -- both\n;',
      next: 'alter table orders validate constraint orders_check;',
    },
    {
      sql: `alter table ${'t'.repeat(60)} ⟦add check (a > 0)⟧;`,
    },
  ],
  good: [
    'alter table orders add constraint c check (a > 0) not valid;',
    'create table orders (a int); alter table orders add check (a > 0);',
    'begin; create table orders (a int); alter table orders add constraint c check (a > 0); commit;',
    { postgres: 18, sql: 'alter table orders add constraint c check (a > 0) not enforced;' },
    'alter table orders add constraint c unique using index i;',
  ],
})
