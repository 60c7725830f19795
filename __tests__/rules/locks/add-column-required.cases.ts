import { describeRule } from '../describe-rule.js'

describeRule('add-column-required', {
  bad: [
    {
      sql: 'alter table orders ⟦add column currency text not null⟧;',
      message:
        'Column currency is NOT NULL and has no default, so adding it fails as soon as orders has a row.',
      help: 'constant DEFAULT',
      severity: 'warning',
    },
    { sql: 'alter table orders ⟦add a int not null default null⟧, add b int;' },
    {
      sql: 'alter table orders ⟦add id bigint primary key⟧;',
      message:
        'Column id is the primary key and has no default, so adding it fails as soon as orders has a row.',
    },
  ],
  good: [
    'alter table orders add a boolean;',
    'alter table orders add a boolean not null default true;',
    'alter table orders add a numeric generated always as (b + c) stored not null;',
    'alter table orders add a bigint generated always as identity not null;',
    'alter table orders add a bigserial not null, add b serial primary key;',
    'create table orders (a int not null);',
    'create table orders (); alter table orders add a int not null;',
    'alter table orders alter a set not null;',
  ],
})
