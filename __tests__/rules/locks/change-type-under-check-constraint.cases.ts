import { describeRule } from '../describe-rule.js'

const before = "create table orders (code varchar(9) constraint c check (code <> ''), n int check (n > 0));"

describeRule('change-type-under-check-constraint', {
  bad: [
    {
      before,
      sql: 'alter table orders ⟦alter code type varchar(20)⟧;',
      message:
        'Changing column code of orders from varchar(9) to varchar(20) checks c again for all rows while nobody can read or write the table.',
      help: 'Drop c and add it again NOT VALID in the same statement',
      severity: 'warning',
    },
    { before, sql: 'alter table orders add b int, ⟦alter code type text using code::text⟧;' },
    {
      before: 'create table orders (a varchar(1), b int, check (b > 0 or length(orders.a) > 0));',
      sql: 'alter table orders ⟦alter a type text⟧;',
      message:
        'Changing column a of orders from varchar(1) to text checks a CHECK again for all rows while nobody can read or write the table.',
    },
  ],
  good: [
    { before, sql: 'alter table orders alter n type bigint;' },
    { before, sql: 'alter table orders alter code type varchar(9);' },
    {
      before,
      sql: "alter table orders drop constraint c, alter code type text, add constraint c check (code <> '') not valid;",
    },
    { before, sql: 'alter table orders drop constraint c; alter table orders alter code type text;' },
    {
      before:
        "create table orders (code varchar(9)); alter table orders add constraint c check (code <> '') not valid;",
      sql: 'alter table orders alter code type text;',
    },
    'alter table orders alter code type text;',
  ],
})
