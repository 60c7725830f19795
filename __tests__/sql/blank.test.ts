import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { blank } from '../../src/sql/blank.js'
import { openParser } from '../../src/sql/open-parser.js'
import { codePointOffset, positionAt } from '../../src/sql/position.js'
import { transactionShape } from '../../src/sql/transaction-shape.js'

describe('blanking', () => {
  it('replaces SQL by spaces and keeps line ends', () => {
    expect(blank('BEGIN\r\nWORK; a', [{ start: 0, end: 12 }])).toBe('     \r\n      a')
  })

  it('keeps comments, which may hold characters that no space is as long as', () => {
    expect(blank('BEGIN /* 😀 */; a', [{ start: 0, end: 15 }])).toBe('      /* 😀 */  a')
  })

  it('takes spans in any order, overlapping, and over the end', () => {
    const spans = [
      { start: 4, end: 99 },
      { start: 0, end: 2 },
      { start: 1, end: 3 },
    ]
    expect(blank('abcdef', spans)).toBe('   d  ')
    expect(blank('abc', [])).toBe('abc')
  })

  it('keeps the length and every position of what is left', () => {
    const text = fc
      .array(fc.constantFrom('a', 'é', '漢', "'b'", '\n', '\r\n', '--', ' ', ';', '"c"'))
      .map((all) => all.join(''))
    fc.assert(
      fc.property(text, fc.array(fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 }))), (any, pairs) => {
        const blanked = blank(
          any,
          pairs.map(([start, length]) => ({ start, end: start + length })),
        )
        expect(blanked).toHaveLength(any.length)
        for (let offset = 0; offset <= any.length; offset++) {
          expect(positionAt(blanked, offset)).toEqual(positionAt(any, offset))
          expect(codePointOffset(blanked, offset)).toBe(codePointOffset(any, offset))
        }
      }),
    )
  })

  it('leaves of a file with an outer pair what is between, in its place', async () => {
    const parser = await openParser()
    const text = '-- 😀 head\nBEGIN -- 😀 go\n;\ncreate table é (id int);\nCOMMIT /* 😀 */ ;\n-- tail'
    const parsed = parser.parse(text)
    const shape = parsed.kind === 'statements' ? transactionShape(parsed.statements, text) : undefined
    if (shape?.kind !== 'outer-pair') throw new Error('no pair')
    const blanked = blank(text, [shape.begin, shape.commit])
    const left = parser.parse(blanked)
    expect(left).toMatchObject({ statements: [{ node: 'CreateStmt' }] })
    expect(codePointOffset(blanked, blanked.length)).toBe(codePointOffset(text, text.length))
    expect(blanked.indexOf('create')).toBe(text.indexOf('create'))
  })
})
