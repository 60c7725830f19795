import { describeRule } from '../describe-rule.js'

describeRule('truncate-cascade', {
  bad: [
    {
      sql: '⟦truncate a, b cascade⟧;',
      message: 'TRUNCATE … CASCADE empties a and b and every table with a foreign key to what it empties.',
      severity: 'error',
    },
    {
      sql: '⟦truncate customers cascade⟧;',
      before:
        'create table customers (id int primary key); create table orders (id int primary key, c int references customers); create table items (o int references orders); create table other (id int);',
      message:
        'TRUNCATE … CASCADE empties customers and every table with a foreign key to what it empties: orders and items.',
    },
  ],
  good: ['truncate a, b, c;', 'create table a (id int); truncate a cascade;'],
})
