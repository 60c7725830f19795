import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { UserError } from '../../src/model/user-error.js'
import { quoteIdentifier, quoteLiteral } from '../../src/sql/identifier.js'
import { openParser } from '../../src/sql/open-parser.js'

const parser = await openParser()
const hostile = fc
  .array(fc.constantFrom('"', "'", '\\', ';', '--', '/*', '$$', ' ', '\n', 'a', 'É', '😀', '%', '`', 'E'), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''))

function only(text: string): Record<string, unknown> {
  const parsed = parser.parse(text)
  if (parsed.kind !== 'statements' || parsed.statements.length !== 1)
    throw new Error(`no single statement: ${text}`)
  return parsed.statements[0]?.tree ?? {}
}

describe('a quoted name', () => {
  it('doubles its quotes', () => {
    expect(quoteIdentifier('a"; drop table b; --')).toBe('"a""; drop table b; --"')
  })

  it('is read back by PostgreSQL as it was given', () => {
    fc.assert(
      fc.property(
        hostile.filter((name) => name !== '' && Buffer.byteLength(name) < 64),
        (name) => {
          expect(only(`drop table ${quoteIdentifier(name)}`)).toMatchObject({
            objects: [{ List: { items: [{ String: { sval: name } }] } }],
          })
        },
      ),
    )
  })

  it.each([
    ['', /it is empty/],
    ['a\0b', /NUL/],
    ['é'.repeat(32), /64 bytes/],
  ])('refuses %j, which the server would refuse or cut', (name, why) => {
    expect(() => quoteIdentifier(name)).toThrow(why)
    expect(() => quoteIdentifier(name)).toThrow(UserError)
  })

  it('takes 63 bytes', () => {
    expect(quoteIdentifier('a'.repeat(63))).toHaveLength(65)
  })
})

describe('a quoted literal', () => {
  it('doubles its quotes, and its back-slashes in the form where they count', () => {
    expect(quoteLiteral("it's")).toBe("'it''s'")
    expect(quoteLiteral("\\'")).toBe(" E'\\\\'''")
  })

  it('is read back by PostgreSQL as it was given, even right after a word', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const read = only(`select${quoteLiteral(value)}`)
        const constant = value === '' ? {} : { sval: value }
        expect(read).toMatchObject({ targetList: [{ ResTarget: { val: { A_Const: { sval: constant } } } }] })
      }),
    )
  })

  it('means the same where back-slashes escape in every literal', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const quoted = quoteLiteral(value).trimStart()
        expect(quoted.startsWith('E') || !quoted.includes('\\')).toBe(true)
      }),
    )
  })

  it('refuses NUL', () => {
    expect(() => quoteLiteral('a\0')).toThrow(RangeError)
  })
})
