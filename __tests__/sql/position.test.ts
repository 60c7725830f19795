import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  byteOffsets,
  codePointOffset,
  lineSpan,
  offsetFromCodePoints,
  positionAt,
  positionOf,
} from '../../src/sql/position.js'
import { cpuMs } from '../support/cpu-ms.js'

const piece = fc.constantFrom('a', 'é', '漢', '😀', 'e\u0301', '\n', '\r\n', '\r', '\t', ' ', '👩‍👩‍👧')
const anyText = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))
const textAndOffset = anyText.chain((text) => fc.tuple(fc.constant(text), fc.nat({ max: text.length })))

describe('a position', () => {
  it('counts lines and columns from 1, the end inclusive', () => {
    expect(positionOf('ab\ncd', { start: 3, end: 5 })).toEqual({
      line: 2,
      column: 1,
      endLine: 2,
      endColumn: 2,
    })
  })

  it('goes over lines', () => {
    expect(positionOf('ab\r\ncd\ref\ng', { start: 1, end: 11 })).toEqual({
      line: 1,
      column: 2,
      endLine: 4,
      endColumn: 1,
    })
  })

  it('counts characters, not UTF-16 units', () => {
    expect(positionOf("'😀😀' x", { start: 7, end: 8 })).toMatchObject({ column: 6, endColumn: 6 })
  })

  it('of an empty span is the place it stands at', () => {
    expect(positionOf('ab', { start: 1, end: 1 })).toEqual({ line: 1, column: 2, endLine: 1, endColumn: 2 })
  })

  it('past the end is the place after the last character', () => {
    expect(positionAt('ab\n', 99)).toMatchObject({ line: 2, column: 1 })
    expect(positionAt('', 0)).toMatchObject({ line: 1, column: 1 })
  })

  it('inside of one character is that character', () => {
    expect(positionAt('a😀', 2)).toEqual(positionAt('a😀', 1))
    expect(positionOf('a😀', { start: 1, end: 3 })).toMatchObject({ column: 2, endColumn: 2 })
  })

  it('belongs to the text that is asked, not to the one before', () => {
    expect(positionAt('a\nb', 2).line).toBe(2)
    expect(positionAt('axb', 2).line).toBe(1)
  })

  it('agrees with counting by hand', () => {
    fc.assert(fc.property(textAndOffset, ([text, offset]) => expectAsCounted(text, offset)))
  })

  it('is found for many places of a large text in a short time', () => {
    const text = 'create table t (id int);\n'.repeat(40_000)
    const started = cpuMs()
    for (let offset = 0; offset < text.length; offset += 25) positionAt(text, offset)
    expect(cpuMs() - started).toBeLessThan(2000)
  })

  it('is found for many places of a large line in a short time', () => {
    const text = 'create table t (id int); '.repeat(60_000)
    const started = cpuMs()
    for (let offset = 0; offset < text.length; offset += 25) {
      positionAt(text, offset)
      lineSpan(text, 1)
    }
    expect(cpuMs() - started).toBeLessThan(2000)
  })
})

function expectAsCounted(text: string, offset: number): void {
  const inside = offset > 0 && (text.codePointAt(offset - 1) ?? 0) > 0xffff
  const before = text.slice(0, inside ? offset - 1 : offset)
  // A line feed that closes a CRLF still belongs to the line.
  const open = before.endsWith('\r') && text[before.length] === '\n'
  const lines = (open ? before.slice(0, -1) : before).split(/\r\n|\r|\n/)
  const column = [...(lines.at(-1) ?? '')].length + 1 + (open ? 1 : 0)
  expect(positionAt(text, offset)).toEqual({
    line: lines.length,
    column,
    endLine: lines.length,
    endColumn: column,
  })
}

describe('offsets', () => {
  it('go from characters to UTF-16 and back', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const characters = [...text]
        for (let count = 0; count <= characters.length; count++) {
          const offset = characters.slice(0, count).join('').length
          expect(offsetFromCodePoints(text, count)).toBe(offset)
          expect(codePointOffset(text, offset)).toBe(count)
        }
      }),
    )
  })

  it('stay within the text', () => {
    expect(offsetFromCodePoints('😀', 5)).toBe(2)
    expect(offsetFromCodePoints('ab', -1)).toBe(0)
    expect(codePointOffset('😀', 9)).toBe(1)
  })

  it('go from bytes of UTF-8 to UTF-16, in any order', () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.nat({ max: 40 })), (text, counts) => {
        const toUtf16 = byteOffsets(text)
        for (const count of counts) {
          const before = [...text].slice(0, count).join('')
          expect(toUtf16(Buffer.byteLength(before))).toBe(before.length)
        }
      }),
    )
  })

  it('are found from bytes in a short time where each statement is asked about again and again', () => {
    const toUtf16 = byteOffsets('é'.repeat(500_000))
    const started = cpuMs()
    const wrong: number[] = []
    for (let at = 20; at < 1_000_000; at += 20)
      if (toUtf16(at) !== at / 2 || toUtf16(at - 20) !== at / 2 - 10) wrong.push(at)
    expect(wrong).toEqual([])
    expect(cpuMs() - started).toBeLessThan(2000)
  })
})
