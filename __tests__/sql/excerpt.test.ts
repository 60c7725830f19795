import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { excerpt } from '../../src/sql/excerpt.js'
import { positionAt } from '../../src/sql/position.js'

const at = (text: string, offset: number) => excerpt(text, positionAt(text, offset))

describe('an excerpt', () => {
  it('shows the line and a caret under the column', () => {
    expect(at('a;\nselect 1 fron t;\nb', 12)).toBe('select 1 fron t;\n         ^')
  })

  it('knows all kinds of line ends', () => {
    expect(at('a\rb\r\nc d\n', 7)).toBe('c d\n  ^')
    expect(at('a\r\nb', 3)).toBe('b\n^')
  })

  it('keeps tabs so that the caret stays below', () => {
    expect(at('\tid\tintt,', 4)).toBe('\tid\tintt,\n\t  \t^')
  })

  it('gives wide characters two places and accents none', () => {
    expect(at("'漢😀' x", 6)).toBe("'漢😀' x\n       ^")
    expect(at('e\u0301 x', 3)).toBe('e\u0301 x\n  ^')
  })

  it('cuts a long line around the column', () => {
    const [line = '', caret = ''] = at(`${'a'.repeat(1000)}!${'b'.repeat(1000)}`, 1000).split('\n')
    expect(line).toHaveLength(162)
    expect(line.startsWith('…a')).toBe(true)
    expect(line.endsWith('b…')).toBe(true)
    expect(line[caret.indexOf('^')]).toBe('!')
  })

  it('shows the end of a long line whole', () => {
    const [line = '', caret = ''] = at(`${'a'.repeat(1000)}!`, 1000).split('\n')
    expect(line.endsWith('a!')).toBe(true)
    expect(caret.indexOf('^')).toBe(line.length - 1)
  })

  it('points behind the last character of a file that ends too early', () => {
    expect(at('select (', 8)).toBe('select (\n        ^')
  })

  it('replaces what could control a terminal or turn the text around', () => {
    expect(at('a\u001b[31mb\u202ec\u0085d\u0007', 0)).toBe('a\ufffd[31mb\ufffdc\ufffdd\ufffd\n^')
  })

  it('is two short lines without control characters, whatever the text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 400 })
    fc.assert(
      fc.property(text, fc.nat({ max: 400 }), (any, offset) => {
        const lines = at(any, offset).split('\n')
        expect(lines).toHaveLength(2)
        for (const line of lines) {
          expect([...line].length).toBeLessThanOrEqual(2 * 160 + 3)
          expect(line.replaceAll('\t', '')).not.toMatch(/\p{Cc}/u)
        }
      }),
    )
  })
})
