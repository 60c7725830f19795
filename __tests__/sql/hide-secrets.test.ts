import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { hideSecret, hideSecrets } from '../../src/sql/hide-secrets.js'
import { codePointOffset } from '../../src/sql/position.js'
import { shownText } from '../../src/sql/shown-text.js'
import { aMigration } from '../support/builders.js'

const texts = fc.string({ unit: fc.constantFrom('a', '7', 'é', '😀', '\n', '\r', ' ', "'", '*') })

describe('hideSecrets', () => {
  it('shows the first two signs of a long secret, and none of a short one', () => {
    const text = "password 'hunter2x' and 'hunter2'"
    const spans = [
      { start: 25, end: 32 },
      { start: 10, end: 18 },
    ]
    expect(hideSecrets(text, spans)).toBe("password 'hu******' and '*******'")
  })

  it('shows no more of two that overlap', () => {
    const spans = [
      { start: 0, end: 12 },
      { start: 6, end: 20 },
    ]
    expect(hideSecrets('abcdefghijklmnopqrstuvwxyz', spans)).toBe('ab******************uvwxyz')
  })

  it('keeps the length, the characters and the lines, and nothing else of what it hides', () => {
    fc.assert(
      fc.property(texts, fc.nat(40), fc.nat(40), (text, a, b) => {
        const points = [Math.min(a, b), Math.max(a, b)].map(
          (count) => Array.from(text).slice(0, count).join('').length,
        )
        const span = { start: points[0] ?? 0, end: points[1] ?? 0 }
        const hidden = hideSecrets(text, [span])
        expect(hidden).toHaveLength(text.length)
        expect(codePointOffset(hidden, hidden.length)).toBe(codePointOffset(text, text.length))
        expect(hidden.replace(/[^\r\n]/gu, '')).toBe(text.replace(/[^\r\n]/gu, ''))
        expect(hidden.slice(0, span.start)).toBe(text.slice(0, span.start))
        expect(hidden.slice(span.end)).toBe(text.slice(span.end))
        const rest = Array.from(hidden.slice(span.start, span.end)).slice(2)
        expect(rest.join('')).toMatch(/^[*\r\n\u{1f784}]*$/u)
      }),
    )
  })
})

it('shows nothing of a secret that begins with other than signs of ASCII', () => {
  expect(hideSecret('🔑aaaaaaaaa')).toBe('\u{1f784}*********')
  expect(hideSecret('a\nbbbbbbbbb')).toBe('*\n*********')
})

describe('shownText', () => {
  const secret = { what: 'a secret', value: 'hunter2x', kind: 'secret', isLiteral: true } as const

  it('is the text itself where nothing is hidden', () => {
    const file = aMigration()
    expect(shownText(file)).toBe(file.text)
    expect(shownText({ ...file, secrets: [] })).toBe(file.text)
  })

  it('is made once for a file', () => {
    const file = aMigration({ text: "x 'hunter2x'", secrets: [{ ...secret, span: { start: 3, end: 11 } }] })
    expect(shownText(file)).toBe("x 'hu******'")
    expect(shownText(file)).toBe(shownText(file))
  })
})
