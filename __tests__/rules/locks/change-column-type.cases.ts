import { describeRule } from '../describe-rule.js'

const before = `create table orders (
  n int, big bigint, code varchar(100), note text, price numeric(10,2), ts timestamp, kind mood, tag public.citext);
create type mood as enum ('a'); create domain short as varchar(9); create domain cents as int check (value > 0);
create index on orders (code); create index on orders (ts);`

describeRule('change-column-type', {
  bad: [
    {
      before,
      sql: 'alter table orders ⟦alter column n type bigint⟧;',
      message: 'Changing column n of orders from int4 to int8 rewrites the whole table and its indexes.',
      severity: 'warning',
    },
    {
      sql: 'alter table orders ⟦alter column n set data type bigint⟧;',
      message:
        'Changing column n of orders to int8 rewrites the whole table unless it is int8 already, which the files do not tell.',
      help: 'If it does: add a column of the new type',
    },
    {
      sql: 'alter table orders ⟦alter n type text using n::text⟧;',
      message:
        'Changing column n of orders to text rewrites the whole table unless it is varchar or text now, which the files do not tell.',
    },
    {
      sql: 'alter table orders ⟦alter n type varchar(50)⟧, ⟦alter m type numeric(12,2)⟧;',
      message: [
        'Changing column n of orders to varchar(50) rewrites the whole table unless it is a varchar of at most 50 now, which the files do not tell.',
        'Changing column m of orders to numeric(12,2) rewrites the whole table unless it is a numeric of at most 12 digits and scale 2 now, which the files do not tell.',
      ],
    },
    {
      sql: "alter table orders ⟦alter paid type boolean using paid = 'yes'⟧;",
      message: 'Changing column paid of orders to bool rewrites the whole table and its indexes.',
    },
    {
      before,
      sql: 'alter table orders ⟦alter ts type timestamptz⟧;',
      message:
        "Changing column ts of orders from timestamp to timestamptz rewrites the whole table unless the session's TimeZone is UTC, which the file does not set.",
      severity: 'notice',
    },
    {
      before,
      sql: "set local timezone = 'Europe/Oslo'; alter table orders ⟦alter ts type timestamptz⟧;",
      message:
        'Changing column ts of orders from timestamp to timestamptz rewrites the whole table and its indexes.',
    },
    {
      before,
      sql: "set time zone 'UTC'; alter table orders ⟦alter ts type timestamptz⟧;",
      message:
        'Changing column ts of orders from timestamp to timestamptz builds the indexes on the column anew while nobody can read or write orders.',
      severity: 'notice',
    },
    { before, postgres: 11, sql: "set time zone 'UTC'; alter table orders ⟦alter ts type timestamptz⟧;" },
    {
      before,
      sql: 'alter table orders ⟦alter code type varchar(200) collate "C"⟧;',
      message:
        'Changing column code of orders from varchar(100) to varchar(200) builds the indexes on the column anew while nobody can read or write orders.',
    },
    {
      before,
      sql: 'alter table orders ⟦alter n type myint⟧;',
      message:
        'Changing column n of orders from int4 to myint rewrites the whole table unless both types are kept alike.',
    },
    { before, sql: 'alter table orders ⟦alter kind type text using kind::text⟧;' },
    { before, sql: 'alter table orders ⟦alter n type cents⟧;' },
    { before, sql: "alter table orders ⟦alter ts type timestamptz using ts at time zone 'UTC'⟧;" },
    { before, sql: 'alter table orders ⟦alter code type varchar(50)⟧, ⟦alter price type numeric(10,4)⟧;' },
    { before, sql: 'alter table orders add x int; alter table orders ⟦alter x type bigint⟧;' },
  ],
  good: [
    { before, sql: 'alter table orders alter code type varchar(200), alter price type numeric(12,2);' },
    { before, sql: 'alter table orders alter code type text, alter note type varchar;' },
    { before, sql: 'alter table orders alter code type text using code::text;' },
    { before, sql: 'alter table orders alter code type text using (code);' },
    {
      before,
      sql: 'alter table orders alter n type int, alter tag type text, alter note type text collate "C";',
    },
    {
      before: 'create table t (ts timestamp);',
      sql: "set timezone to 'Etc/UTC'; alter table t alter ts type timestamptz;",
    },
    'create table orders (n int); alter table orders alter n type bigint;',
    'alter table orders alter n set default 1;',
  ],
})
