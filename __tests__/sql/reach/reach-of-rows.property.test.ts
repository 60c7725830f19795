import '../../support/fuzz-seed.js'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Reach, ReachedUse } from '../../../src/model/reach.js'
import { openParser } from '../../../src/sql/open-parser.js'
import { reachOfRows } from '../../../src/sql/reach/reach-of-rows.js'
import { reachOfStatement } from '../../../src/sql/reach/reach-of-statement.js'

const parser = await openParser()

const name = fc.constantFrom('t', 'Orders', '"My Table"', 's.t', 'public . "t"', '"a(b"."c.d"', 'été')
const columns = fc.option(
  fc.uniqueArray(fc.constantFrom('a', 'B', '"c"', '"D e"', 'values_', 'f'), { minLength: 1, maxLength: 3 }),
)
const value = fc.constantFrom(
  '1',
  "'text'",
  "'it''s nextval(''x'') select'",
  "E'a\\'b('",
  '$$dollar $ ( default$$',
  'default',
  "nextval('s')",
  'public.f(1, g(2))',
  '"My F"(1)',
  "'x'::mood",
  '\'x\' :: public."Mood"',
  '-1',
  'null',
  'array[1, f(2)]',
  '(1 + 2)',
  '/* f( */ 3',
  "coalesce('a', 'b')",
  "x'1f'",
  "interval '1 day'",
)
const tail = fc.constantFrom(
  '',
  ' on conflict do nothing',
  ' on conflict (a) do update set a = default',
  ' on conflict (a) do update set a = excluded.a',
  ' returning h(a)',
  ' -- f(',
)
const head = fc.constantFrom('insert into', 'INSERT  INTO', 'insert /* into x */ into')
const between = fc.constantFrom('', ' overriding user value', ' as alias')

const insert = fc
  .tuple(
    head,
    name,
    columns,
    between,
    fc.array(fc.array(value, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
    tail,
  )
  .map(([start, into, list, middle, rows, end]) => {
    const given = list ? ` (${list.join(', ')})` : ''
    const [before, after] = middle.includes('as') ? [middle, ''] : ['', middle]
    const width = list?.length ?? rows[0]?.length ?? 1
    const values = rows.map(
      (row) => `(${Array.from({ length: width }, (_, at) => row[at % row.length]).join(', ')})`,
    )
    return `${start} ${into}${before}${given}${after} values ${values.join(',\n')}${end}`
  })

describe('what an INSERT sets in motion, told by its signs', () => {
  it('is never less than what its tree tells', () => {
    let told = 0
    fc.assert(
      fc.property(insert, (sql) => {
        const rough = reachOfRows(sql)
        const parsed = parser.parse(sql)
        if (parsed.kind !== 'statements' || !rough) return
        told++
        const [statement] = parsed.statements
        if (statement) expectCovered(reachOfStatement(statement), rough)
      }),
      { numRuns: 3_000 },
    )
    expect(told).toBeGreaterThan(500)
  })

  it.each([
    'insert into t select 1',
    'with x as (select 1) insert into t values (1)',
    'insert into t values ((select f()))',
    'insert into t values ("F"(1))',
    'update t set a = 1',
    '',
  ])('is not told of %s', (sql) => {
    expect(reachOfRows(sql)).toBeUndefined()
  })

  it('is of the names that the server reads', () => {
    const reach = reachOfRows("insert into t\u00a0 (É, a\u3000) values (1, 'x'::\u00a0M, \u2003F(1))")
    expect(reach).toEqual({
      uses: [
        { relation: ['t\u00a0'], does: 'insert', defaults: { but: ['É', 'a\u3000'] } },
        { relation: ['\u00a0m'], does: 'read' },
      ],
      calls: [{ name: ['\u2003f'] }],
    })
  })

  it.each([
    ["insert into t (a, b) values (1, 'select with (table) default')", { but: ['a', 'b'] }],
    ['insert into t (a, b) values (1, default)', { but: [] }],
    ["insert into t values (1, ',', (2)), (3, 4, 5)", { behind: 3 }],
    ['insert into t default values', { behind: 0 }],
    ['insert into t values (array[1, 2], f(3, 4))', { behind: 2 }],
    ['insert into "T" ("A") overriding user value values (1)', { but: [] }],
  ])('has the columns left to their default: %s', (sql, defaults) => {
    expect(reachOfRows(sql)?.uses?.[0]?.defaults).toEqual(defaults)
  })
})

function expectCovered(exact: Reach, rough: Reach): void {
  const last = (name: readonly string[]) => (name.at(-1) ?? '').toLowerCase()
  const called = new Set(rough.calls?.map(({ name }) => last(name)))
  expect((exact.calls ?? []).map(({ name }) => last(name)).filter((name) => !called.has(name))).toEqual([])
  for (const use of (exact.uses ?? []).filter(({ does }) => does !== 'read')) {
    const same = rough.uses?.find(({ does }) => does === use.does)
    expect(same?.relation).toEqual(use.relation)
    expect(isCovered(use.defaults, same?.defaults)).toBe(true)
  }
}

type Defaults = ReachedUse['defaults']

function isCovered(exact: Defaults, rough: Defaults): boolean {
  if (!rough) return true
  if (!exact) return false
  if ('but' in rough)
    return rough.but.length === 0 || ('but' in exact && rough.but.every((name) => exact.but.includes(name)))
  if ('behind' in rough) return 'behind' in exact && rough.behind <= exact.behind
  return 'only' in exact && exact.only.every((name) => rough.only.includes(name))
}
