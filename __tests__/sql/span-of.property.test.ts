import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { positionOf, spanOf } from '../../src/sql/position.js'
import '../support/fuzz-seed.js'

const character = fc.constantFrom('a', ' ', '\n', '\r\n', 'é', '😀', '\t')

describe('the span of a position', () => {
  it('is the one whose position it is', () => {
    const cut = fc.tuple(fc.array(character), fc.array(character, { minLength: 1 }), fc.array(character))
    fc.assert(
      fc.property(cut, (parts) => {
        const [before, within, after] = parts.map((part) => part.join('')) as [string, string, string]
        const text = before + within + after
        const span = { start: before.length, end: before.length + within.length }
        expect(spanOf(text, positionOf(text, span))).toEqual(span)
      }),
    )
  })
})
