import { describeRule } from '../describe-rule.js'

describeRule('add-column-inline-check', {
  bad: [
    {
      sql: 'alter table orders ⟦add column discount int check (discount >= 0)⟧;',
      message:
        'Adding column discount to orders with a CHECK reads the whole table while nobody can read or write it.',
      fixed:
        'alter table orders add column discount int, add constraint orders_discount_check check (discount >= 0) not valid;',
      next: 'alter table orders validate constraint orders_discount_check;',
      severity: 'warning',
    },
    {
      sql: 'ALTER TABLE ONLY app."Orders"\n  ⟦ADD é int CONSTRAINT "C" CHECK (é > 0) NOT NULL DEFAULT 1⟧, -- more\n  ADD b int;',
      fixed:
        'ALTER TABLE ONLY app."Orders"\n  ADD é int NOT NULL DEFAULT 1, ADD CONSTRAINT "C" CHECK (é > 0) NOT VALID, -- more\n  ADD b int;',
      next: 'ALTER TABLE ONLY app."Orders" VALIDATE CONSTRAINT "C";',
    },
    {
      sql: 'alter table if exists orders /* why */ ⟦add a int check (a > 0) no inherit references b deferrable⟧;',
      fixed:
        'alter table if exists orders /* why */ add a int references b deferrable, add constraint orders_a_check check (a > 0) no inherit not valid;',
      next: 'alter table if exists orders validate constraint orders_a_check;',
    },
    {
      sql: 'alter table orders ⟦add a kind\u00a0 check (a > 0)⟧;',
      fixed: 'alter table orders add a kind\u00a0, add constraint orders_a_check check (a > 0) not valid;',
      next: 'alter table orders validate constraint orders_a_check;',
    },
    { sql: 'alter table orders ⟦add a int check (a > 0) check (a < 9)⟧;' },
    { sql: 'do $$ begin alter table orders ⟦add a int check (a > 0)⟧; end $$;' },
  ],
  good: [
    'alter table orders add a int, add constraint c check (a > 0) not valid;',
    'create table orders (a int check (a > 0));',
    'create table orders (); alter table orders add a int check (a > 0);',
    { postgres: 18, sql: 'alter table orders add a int check (a > 0) not enforced;' },
    'alter table orders add a int not null default 0;',
  ],
})
