import { everywhere } from '../everywhere.js'
import type { Rule } from '../rule.js'
import { narrowIntegers } from './integer-column.js'

export const smallintColumn: Rule = {
  id: 'smallint-column',
  group: 'design',
  title: 'A column of type `smallint`',
  why: 'Past 32,767 every INSERT or UPDATE with such a value fails, and the change to a wider type rewrites the table under ACCESS EXCLUSIVE. The two bytes saved are often lost to alignment.',
  instead: 'Use `bigint`, or `integer` with a CHECK where the range is known.',
  levels: everywhere('off'),
  examples: {
    bad: ['create table people (age smallint);', 'alter table people add column id smallserial;'],
    good: ['create table people (age bigint);'],
  },
  check: (statement, context) =>
    narrowIntegers(statement, context, WIDER, { shown: 'smallint', last: '32,767' }),
}

const WIDER = new Map([
  ['int2', 'bigint'],
  ['smallserial', 'bigserial'],
  ['serial2', 'bigserial'],
] as const)
