import { everywhere } from '../everywhere.js'
import type { Rule } from '../rule.js'
import { narrowIntegers } from './integer-column.js'

export const intColumn: Rule = {
  id: 'int-column',
  group: 'design',
  title: 'A column of type `integer`',
  why: 'A key or counter that passes 2,147,483,647 makes every INSERT fail. The way out then is a rewrite of the table and its indexes under ACCESS EXCLUSIVE (measured: 4 s for a million rows; by then there may be two thousand million).',
  instead: 'Use `bigint`. It takes four bytes more, often lost to alignment anyway.',
  levels: everywhere('off'),
  examples: {
    bad: ['create table users (id integer primary key);', 'create table users (id serial primary key);'],
    good: ['create table users (id bigint generated always as identity primary key);'],
  },
  check: (statement, context) =>
    narrowIntegers(statement, context, WIDER, { shown: 'integer', last: '2,147,483,647' }),
}

const WIDER = new Map([
  ['int4', 'bigint'],
  ['serial', 'bigserial'],
  ['serial4', 'bigserial'],
] as const)
