import { describeRule } from '../describe-rule.js'

const before =
  'create table orders (code varchar(100), note text, price numeric(10,4), n bigint, ts timestamptz, d float8);'

describeRule('narrow-column-type', {
  bad: [
    {
      before,
      sql: 'alter table orders ⟦alter column code type varchar(50)⟧;',
      message:
        'Changing column code of orders from varchar(100) to varchar(50) fails if a value has more than 50 characters.',
      help: 'make a backup first',
      severity: 'error',
    },
    {
      before,
      sql: 'alter table orders ⟦alter code type char(1) using code::char(1)⟧;',
      message:
        'Changing column code of orders from varchar(100) to bpchar(1) loses what is beyond 1 character, in silence.',
    },
    {
      before,
      sql: 'alter table orders ⟦alter price type numeric(10,2)⟧, ⟦alter price type numeric(5,4)⟧, ⟦alter price type numeric(10)⟧;',
      message: [
        'Changing column price of orders from numeric(10,4) to numeric(10,2) loses digits after the 2nd decimal, in silence.',
        'Changing column price of orders from numeric(10,4) to numeric(5,4) fails if a value has more than 1 digit before the point.',
        'Changing column price of orders from numeric(10,4) to numeric(10) loses digits after the point, in silence.',
      ],
    },
    {
      before,
      sql: 'alter table orders ⟦alter n type int⟧, ⟦alter ts type date⟧, ⟦alter d type real⟧, ⟦alter ts type timestamptz(0)⟧;',
      message: [
        'Changing column n of orders from int8 to int4 fails if a value is out of the range of int4.',
        'Changing column ts of orders from timestamptz to date loses the time of day, in silence.',
        'Changing column d of orders from float8 to float4 loses digits that a binary number has no room for, in silence.',
        'Changing column ts of orders from timestamptz to timestamptz(0) loses fractions of a second beyond 0 digits, in silence.',
      ],
    },
    {
      before,
      sql: 'alter table orders ⟦alter n type int using least(n, 0)⟧;',
      message:
        'Changing column n of orders from int8 to int4 leaves it to the USING expression what becomes of values that have no room.',
    },
  ],
  good: [
    'alter table orders alter code type varchar(50);',
    {
      before,
      sql: 'alter table orders alter code type varchar(100), alter note type varchar, alter n type numeric;',
    },
    {
      before,
      sql: 'alter table orders alter price type numeric(12,4), alter price type numeric, alter ts type timestamp;',
    },
    { before, sql: 'alter table orders add x bigint; alter table orders alter x type int;' },
    'create table orders (n bigint); alter table orders alter n type int;',
  ],
})
