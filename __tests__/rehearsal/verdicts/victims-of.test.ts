import { expect, it } from '@jest/globals'
import type { MeasuredDrop } from '../../../src/model/measured.js'
import { victimsOf } from '../../../src/rehearsal/verdicts/victims-of.js'

const gone = (type: string, name: string, cascaded = true): MeasuredDrop => ({ type, name, cascaded })
const table = gone('table', 'public.books', false)

it.each([
  ['a view', gone('view', 'public.bv'), 'view public.bv'],
  [
    'a foreign key of another table',
    gone('table constraint', 'fk on public.orders'),
    'constraint fk on public.orders',
  ],
  ['a column of another table', gone('table column', 'public.orders.mood'), 'column public.orders.mood'],
  ['a default of another table', gone('default value', 'for public.orders.n'), 'default for public.orders.n'],
  ['a function', gone('function', 'public.f(integer)'), 'function public.f(integer)'],
  ['a policy of another table', gone('policy', 'own on public.orders'), 'policy own on public.orders'],
])('counts %s among the victims', (_, victim, told) => {
  expect(victimsOf({ dropped: [table, victim], created: [] })).toEqual([told])
})

it.each([
  ['its index', gone('index', 'public.books_pkey')],
  ['its constraint', gone('table constraint', 'books_pkey on public.books')],
  ['its column', gone('table column', 'public.books.id')],
  ['its trigger', gone('trigger', 'tg on public.books')],
  ['its policy', gone('policy', 'own on public.books')],
  ['its default', gone('default value', 'for public.books.id')],
  ['the sequence of its column', gone('sequence', 'public.books_id_seq')],
  ['its row type', gone('type', 'public.books')],
  ['the array of its row type', gone('type', 'public.books[]')],
  ['what its statement names', gone('view', 'public.bv', false)],
])('does not count %s', (_, part) => {
  expect(victimsOf({ dropped: [table, part], created: [] })).toEqual([])
})

it('does not count the rule of a view that is counted itself', () => {
  const dropped = [table, gone('view', 'public.bv'), gone('rule', '"_RETURN" on public.bv')]
  expect(victimsOf({ dropped, created: [] })).toEqual(['view public.bv'])
})

it('does not count what the same statement makes anew', () => {
  const again = gone('table constraint', 'fk on public.orders')
  expect(victimsOf({ dropped: [again], created: [{ type: again.type, name: again.name }] })).toEqual([])
})

it.each([
  ['table', 'public.books', 'drop table books', []],
  ['table', 'public."Books"', 'drop table "Books"', []],
  ['function', 'public.f(integer)', 'drop function f', []],
  ['table constraint', 'fk on public.orders', 'drop constraint fk', []],
  ['table column', 'public.orders.mood', 'drop column mood', []],
  ['table column', 'public.orders.mood', 'drop type feeling', ['column public.orders.mood']],
])('counts a %s %s that code drops, “%s”, as %j', (type, name, code, told) => {
  expect(victimsOf({ dropped: [gone(type, name, false)], created: [] }, code)).toEqual(told)
})
