import { describeRule } from '../describe-rule.js'

describeRule('add-column-stored-generated', {
  bad: [
    {
      sql: 'alter table orders\n  ⟦add column total numeric generated always as (net + tax) stored⟧;',
      message:
        'Adding the stored generated column total to orders rewrites the whole table to compute it for each row.',
      help: 'fill it by a trigger',
      severity: 'warning',
    },
    {
      postgres: 18,
      sql: 'alter table orders ⟦add total numeric generated always as (net + tax) stored not null⟧;',
      help: 'Write VIRTUAL in place of STORED',
    },
    {
      postgres: 18,
      before: 'create table orders (net int, total int generated always as (net) stored);',
      sql: 'alter table orders ⟦alter total set expression as (net * 2)⟧;',
      message: 'Another expression for the generated column total of orders rewrites the whole table.',
    },
    {
      postgres: 18,
      sql: 'alter table orders ⟦alter total set expression as (net * 2)⟧;',
      message:
        'Another expression for the generated column total of orders rewrites the whole table, unless the column is VIRTUAL.',
    },
  ],
  good: [
    { postgres: 18, sql: 'alter table orders add total numeric generated always as (net + tax) virtual;' },
    { postgres: 18, sql: 'alter table orders add total numeric generated always as (net + tax);' },
    {
      postgres: 18,
      before: 'create table orders (net int, total int generated always as (net) virtual);',
      sql: 'alter table orders alter total set expression as (net * 2);',
    },
    'create table orders (net int, total int generated always as (net) stored);',
    'alter table orders add total numeric;',
  ],
})
