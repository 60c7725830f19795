import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type Canonical, canonicalJson } from '../../src/plan/canonical-json.js'

const { value } = fc.letrec<{ value: Canonical }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))

describe('canonical JSON', () => {
  it('has no white space, and names in the order of UTF-16', () => {
    expect(canonicalJson({ b: [true, null], a: { '\uffff': '', '😀': 'x', '10': '', '9': '' } })).toBe(
      '{"a":{"10":"","9":"","😀":"x","\uffff":""},"b":[true,null]}',
    )
  })

  it('escapes what JSON must, and nothing else', () => {
    expect(canonicalJson('"\\/\b\f\n\r\t\u0001é\u2028\u007f')).toBe(
      `${String.raw`"\"\\/\b\f\n\r\t\u0001é`}\u2028\u007f"`,
    )
  })

  it('is the value, whatever it is', () => {
    fc.assert(fc.property(value, (any) => expect(JSON.parse(canonicalJson(any))).toEqual(any)))
  })

  it('is the same for the same value, however its fields are ordered', () => {
    fc.assert(fc.property(value, (any) => expect(canonicalJson(turned(any))).toBe(canonicalJson(any))))
  })
})

/** With the fields of each object in the opposite order. */
function turned(any: Canonical): Canonical {
  if (Array.isArray(any)) return any.map(turned)
  if (any === null || typeof any !== 'object') return any
  return Object.fromEntries(
    Object.entries(any)
      .reverse()
      .map(([name, member]) => [name, turned(member)]),
  )
}
