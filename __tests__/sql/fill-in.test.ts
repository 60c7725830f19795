import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Placeholder } from '../../src/model/substitute.js'
import { fillIn } from '../../src/sql/fill-in.js'

/** Texts with a placeholder behind each but the last, and the values. */
const filled = fc.array(
  fc.record({
    before: fc.string({ unit: fc.constantFrom('s', ';', ' '), maxLength: 4 }),
    value: fc.constantFrom('', "'x'", '"a_name"'),
    isBlank: fc.boolean(),
  }),
  { maxLength: 12 },
)

function lay(parts: readonly { readonly before: string; readonly isBlank: boolean }[]) {
  const placeholders: Placeholder[] = []
  let text = ''
  for (const { before, isBlank } of parts) {
    const start = text.length + before.length
    text += before + (isBlank ? '    ' : "'  '")
    placeholders.push({ start, end: start + 4, name: 'A', as: 'literal' })
  }
  return { text, placeholders }
}

describe('fillIn', () => {
  it('of a part is the same as of each of its placeholders, wherever the part begins and ends', () => {
    fc.assert(
      fc.property(filled, fc.nat(100), fc.nat(100), (parts, one, other) => {
        const { text, placeholders } = lay(parts)
        const fills = parts.map(({ value }) => value)
        const [start = 0, end = 0] = [one, other].map((at) => Math.min(at, text.length)).sort((a, b) => a - b)
        let expected = text.slice(start, end)
        for (const [index, placeholder] of [...placeholders.entries()].reverse()) {
          const { start: from, end: to } = placeholder
          if (from < start || to > end || parts[index]?.isBlank) continue
          expected = expected.slice(0, from - start) + fills[index] + expected.slice(to - start)
        }
        const { sql, shifts } = fillIn(text.slice(start, end), start, { placeholders, fills })
        expect(sql).toBe(expected)
        for (const { sent, file } of shifts)
          expect([sent.end >= sent.start, file.end - file.start]).toEqual([true, 4])
      }),
    )
  })

  it('looks at no placeholder that stands elsewhere, however many there are', () => {
    const { text, placeholders } = lay(
      Array.from({ length: 10_000 }, () => ({ before: 's', isBlank: false })),
    )
    const fills = placeholders.map(() => '1')
    let looked = 0
    const counted = new Proxy(placeholders, {
      get: (all, key, receiver) => {
        if (typeof key === 'string' && /^\d+$/.test(key)) looked++
        return Reflect.get(all, key, receiver)
      },
    })
    const start = 25_000
    const { sql } = fillIn(text.slice(start, start + 10), start, { placeholders: counted, fills })
    expect(sql).toBe('s1s1')
    expect(looked).toBeLessThan(20)
  })
})
