import { describeRule } from '../describe-rule.js'

const message =
  'Making column paid of orders NOT NULL reads the whole table while nobody can read or write it.'

describeRule('set-not-null', {
  bad: [
    {
      sql: 'alter table orders ⟦alter column paid set not null⟧;',
      message,
      help: 'in the next migration validate it, SET NOT NULL',
      fixed: 'alter table orders add constraint orders_paid_not_null check (paid is not null) not valid;',
      next: 'alter table orders validate constraint orders_paid_not_null;\nalter table orders alter column paid set not null;\nalter table orders drop constraint orders_paid_not_null;',
      severity: 'warning',
    },
    {
      postgres: 18,
      sql: 'ALTER TABLE ONLY app.orders ADD b int, ⟦ALTER "Paid" SET NOT NULL⟧;',
      fixed:
        'ALTER TABLE ONLY app.orders ADD b int, ADD CONSTRAINT "orders_Paid_not_null" NOT NULL "Paid" NOT VALID;',
      next: 'ALTER TABLE ONLY app.orders VALIDATE CONSTRAINT "orders_Paid_not_null";',
    },
    {
      postgres: 18,
      sql: 'alter table orders ⟦add constraint p not null paid⟧;',
      message,
      fixed: 'alter table orders add constraint p not null paid not valid;',
      next: 'alter table orders validate constraint p;',
    },
    { sql: 'alter table orders add paid int; alter table orders ⟦alter paid set not null⟧;' },
    {
      sql: 'alter table orders add constraint c check (paid is not null) not valid; alter table orders ⟦alter paid set not null⟧;',
      before: 'create table orders (paid int);',
    },
    {
      before: 'create table orders (paid int, a int, check (paid > 0), check (paid is not null or a > 0));',
      sql: 'alter table orders ⟦alter paid set not null⟧;',
    },
    {
      postgres: 11,
      before: 'create table orders (paid int, check (paid is not null));',
      sql: 'alter table orders ⟦alter paid set not null⟧;',
    },
    {
      postgres: 18,
      before: 'create table orders (paid int); alter table orders add not null paid not valid;',
      sql: 'alter table orders ⟦alter paid set not null⟧;',
    },
    {
      postgres: 11,
      sql: 'alter table orders validate constraint c; alter table orders ⟦alter paid set not null⟧;',
    },
    {
      sql: 'alter table t add constraint c check (a is not null) not valid; alter table t add constraint d check (b is not null) not valid; alter table t validate constraint c; alter table t alter a set not null; alter table t ⟦alter b set not null⟧;',
    },
    {
      sql: 'alter table t add check (a is not null); alter table t alter a set not null; alter table t add constraint c check (b is not null); alter table t drop constraint c; alter table t ⟦alter b set not null⟧;',
    },
    {
      sql: 'alter table t add constraint f foreign key (a) references b not valid; alter table t validate constraint f; alter table t ⟦alter a set not null⟧;',
    },
    {
      before: 'create table t (a int, constraint f foreign key (a) references b);',
      sql: 'alter table t validate constraint f; alter table t ⟦alter a set not null⟧;',
    },
    { sql: 'do $$ begin alter table orders ⟦alter paid set not null⟧; end $$;' },
    { sql: 'set search_path to app; alter table orders ⟦alter paid set not null⟧;' },
  ],
  good: [
    'create table orders (paid int); alter table orders alter paid set not null;',
    {
      before: 'create table orders (paid int not null);',
      sql: 'alter table orders alter paid set not null;',
    },
    { before: 'create table orders (id int primary key);', sql: 'alter table orders alter id set not null;' },
    {
      before: 'create table orders (paid int, check (paid is not null));',
      sql: 'alter table orders alter paid set not null;',
    },
    {
      before: 'create table orders (paid int, a int, check (a > 0 and not (a < 9 or orders.paid is null)));',
      sql: 'alter table orders alter paid set not null;',
    },
    [
      'alter table orders validate constraint paid_known; alter table orders alter paid set not null; alter table orders drop constraint paid_known;',
    ],
    { postgres: 18, sql: 'alter table orders add constraint p not null paid not valid;' },
    'alter table orders alter paid drop not null;',
  ],
})
