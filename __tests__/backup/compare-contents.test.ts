import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { compareContents } from '../../src/backup/compare-contents.js'
import type { Contents } from '../../src/model/backup.js'
import { someContents } from './a-backup-manifest.js'

const ALL = { withoutRows: [], owners: true, leftOut: [] } as const

describe('a restored database', () => {
  it('is the one that was backed up', () => {
    expect(compareContents(someContents(), someContents(), ALL)).toEqual([])
  })

  const changes: readonly (readonly [string, Partial<Contents>])[] = [
    ['public.books has 1 rows, and had 2', { tables: { 'public.books': { rows: 1, sum: '7' } } }],
    ['public.books has 2 rows, and not the same', { tables: { 'public.books': { rows: 2, sum: '8' } } }],
    [
      'public.more is there, and was not',
      { tables: { 'public.books': { rows: 2, sum: '7' }, 'public.more': { rows: 0, sum: '0' } } },
    ],
    ['public.books is missing', { tables: {} }],
    ['the sequence public.books_id_seq is missing', { sequences: {} }],
    [
      'the sequence public.books_id_seq is at 1, and was at 2',
      { sequences: { 'public.books_id_seq': { last: '1', called: true, increment: '1' } } },
    ],
    [
      'the sequence public.books_id_seq is at 2, and was at 2',
      { sequences: { 'public.books_id_seq': { last: '2', called: false, increment: '1' } } },
    ],
    ['there are 0 large objects, and were 1', { largeObjects: { rows: 0, sum: '0' } }],
    ['the large objects are not the same', { largeObjects: { rows: 1, sum: '6' } }],
    [
      'of kind rights there are 0, and were 1',
      { schema: { table: { count: 1, sha256: 'a' }, owner: { count: 1, sha256: 'b' } } },
    ],
    [
      'of kind table one or more are defined otherwise',
      { schema: { ...someContents().schema, table: { count: 1, sha256: 'x' } } },
    ],
  ]
  it.each(changes)('is not: %s', (said, change) => {
    expect(compareContents(someContents(), someContents(change), ALL)).toEqual([said])
  })

  it('may have sequences that others went on with, upwards or downwards', () => {
    const at = (last: string, increment: string) => ({ sequences: { s: { last, called: true, increment } } })
    const compare = (was: string, is: string, by: string) =>
      compareContents(someContents(at(was, by)), someContents(at(is, by)), ALL).length
    expect([compare('5', '9', '1'), compare('9', '5', '-1')]).toEqual([0, 0])
    expect([compare('9', '5', '1'), compare('5', '9', '-1')]).toEqual([1, 1])
  })

  it('is not asked for rows, owners and kinds that are not in the backup', () => {
    const was = someContents()
    const is = someContents({
      tables: { 'public.books': { rows: 0, sum: '0' } },
      schema: { table: { count: 0, sha256: 'z' }, owner: { count: 0, sha256: '' } },
    })
    expect(
      compareContents(was, is, { withoutRows: ['public.books'], owners: false, leftOut: ['table'] }),
    ).toEqual([])
  })

  it('is not asked for large objects that could not be read', () => {
    expect(compareContents(someContents({ largeObjects: null }), someContents(), ALL)).toEqual([])
  })

  it('that differs in much is told of in part, with the number of the rest', () => {
    const tables = Object.fromEntries(Array.from({ length: 15 }, (_, n) => [`t${n}`, { rows: 1, sum: '1' }]))
    const told = compareContents(someContents({ tables }), someContents({ tables: {} }), ALL)
    expect([told.length, told.at(-1)]).toEqual([11, 'and 5 more differences'])
  })

  it('shows any one table that is other, whatever it is called', () => {
    const digest = fc.record({ rows: fc.nat(), sum: fc.bigInt().map(String) })
    const name = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString'))
    fc.assert(
      fc.property(fc.array(fc.tuple(name, digest), { minLength: 1 }), digest, (entries, other) => {
        const tables = Object.fromEntries(entries)
        const changed = entries.at(-1)?.[0] ?? ''
        const before = (Object.hasOwn(tables, changed) && tables[changed]) || undefined
        fc.pre(before !== undefined && (before.rows !== other.rows || before.sum !== other.sum))
        const after = Object.fromEntries([
          ...Object.entries(tables).filter(([key]) => key !== changed),
          [changed, other],
        ])
        expect(compareContents(someContents({ tables }), someContents({ tables: after }), ALL)).toHaveLength(
          1,
        )
      }),
    )
  })
})
