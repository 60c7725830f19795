// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of the SQL
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { fillIn, unfilled } from '../../src/sql/fill-in.js'
import { findPlaceholders } from '../../src/sql/find-placeholders.js'
import { quoteLiteral } from '../../src/sql/identifier.js'
import { openParser } from '../../src/sql/open-parser.js'
import { standIn } from '../../src/sql/stand-in.js'

const declared = [
  { name: 'A', as: 'literal' },
  { name: 'ROLE', as: 'identifier' },
] as const

describe('findPlaceholders', () => {
  it('finds what is declared, where it is SQL', () => {
    const text = "select ${A}, '${B}', ${B}, $1, ${A} -- ${A}\nfrom ${ROLE}"
    const { placeholders, misplaced } = findPlaceholders(text, declared)
    expect(placeholders.map(({ start, end, as }) => [text.slice(start, end), as])).toEqual([
      ['${A}', 'literal'],
      ['${A}', 'literal'],
      ['${ROLE}', 'identifier'],
    ])
    expect(misplaced).toEqual([])
  })

  it('reads no name that it does not know for one that it knows', () => {
    expect(findPlaceholders('${AB} ${a} ${ A} ${A } ${A-B} {A} $A', declared).placeholders).toEqual([])
  })

  it('lets names stand beside strings and one another', () => {
    expect(findPlaceholders("select ${ROLE} 'x' ${ROLE} ${ROLE}.${ROLE} ${A}", declared).misplaced).toEqual(
      [],
    )
  })

  it('never throws, and finds only what stands there', () => {
    const pieces = fc.constantFrom(
      '${A}',
      '${ROLE}',
      "'",
      '"',
      '$$',
      '$a$',
      '--',
      '/*',
      '*/',
      '\n',
      ' ',
      'x',
      '1',
      ';',
      'E',
      '\\',
      '(',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const text = parts.join('')
        const { placeholders, misplaced } = findPlaceholders(text, declared)
        for (const { start, end, name } of [...placeholders, ...misplaced])
          expect(text.slice(start, end)).toBe(`\${${name}}`)
        expect(standIn(text, placeholders)).toHaveLength(text.length)
      }),
    )
  })
})

describe('what stands in for a placeholder', () => {
  it('is of the same length and reads as what it stands for', async () => {
    const text = 'create role ${ROLE} password ${A}; select 1 -- ${A}'
    const stood = standIn(text, findPlaceholders(text, declared).placeholders)
    expect(stood).toBe('create role "$ROLE" password \'$A\'; select 1 -- ${A}')
    expect((await openParser()).parse(stood).kind).toBe('statements')
  })
})

describe('fillIn', () => {
  it('is as if the values had been written there, wherever the part begins, and leads back to the file', () => {
    const parts = fc.array(fc.constantFrom(' ', 'x ', '${A} , ', '😀 ', ', '), { maxLength: 20 })
    fc.assert(
      fc.property(
        parts,
        fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
        fc.nat(30),
        (pieces, value, from) => {
          const written = ` ${pieces.join('')} `
          const { placeholders } = findPlaceholders(written, declared)
          const text = standIn(written, placeholders)
          const start = placeholders.some((one) => one.start < from && from < one.end)
            ? 0
            : Math.min(from, text.length)
          const literal = quoteLiteral(value)
          const { sql, shifts } = fillIn(text.slice(start), start, {
            placeholders,
            fills: placeholders.map(() => literal),
          })
          expect(sql).toBe(written.slice(start).split('${A}').join(literal))
          const rest = written.slice(start)
          for (let at = 0; at < sql.length; at++) {
            const place = unfilled(at, shifts)
            const isFilled = shifts.some(({ sent }) => at >= sent.start && at < sent.end)
            expect(rest.slice(place.start, place.end)).toBe(isFilled ? '${A}' : sql[at])
          }
        },
      ),
    )
  })

  it('sends nothing whose value is not there', () => {
    const { placeholders } = findPlaceholders('select ${A}', declared)
    expect(() => fillIn("select '$A'", 0, { placeholders })).toThrow('The value of A is not known.')
  })

  it('leaves out what was blanked out', () => {
    const { placeholders } = findPlaceholders('select ${A}', declared)
    expect(fillIn('           ', 0, { placeholders, fills: ["'x'"] }).sql).toBe('           ')
  })
})
