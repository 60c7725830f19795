import '../support/fuzz-seed.js'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import pg from 'pg'
import { openParser } from '../../src/sql/open-parser.js'
import { trimmedEnd, trimSpace } from '../../src/sql/trim-space.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'

const parser = await openParser()

const LETTERS = [
  '\u00a0',
  '\u1680',
  '\u2003',
  '\u2028',
  '\u2029',
  '\u202f',
  '\u205f',
  '\u3000',
  '\ufeff',
  '\u0085',
]

describe('white space', () => {
  it('is what the server takes for it, and nothing else', () => {
    expect(trimSpace(' \t\n\r\f\va b \t\n\r\f\v')).toBe('a b')
    for (const letter of LETTERS) expect(trimSpace(` ${letter} `)).toBe(letter)
    expect([trimSpace(' \n'), trimSpace('')]).toEqual(['', ''])
  })

  it('is cut off up to a place in the text', () => {
    expect(trimmedEnd('a \u00a0 b', 4)).toBe(3)
    expect(trimmedEnd('a  b', 3)).toBe(1)
  })
})

const letter = fc.constantFrom(...LETTERS)
const gap = fc.constantFrom(' ', '\t', '\n', '\r\n', '\f', '-- é\u00a0\n', '/* é\u3000 */', '/* /* ; */ */')
const part = fc.oneof(letter, gap, fc.constantFrom('b', '"c\u00a0"'))
const statement = fc
  .tuple(
    fc.array(gap, { maxLength: 2 }),
    fc.array(letter, { maxLength: 2 }),
    fc.array(part, { maxLength: 5 }),
  )
  .map(([before, name, after]) => `${before.join('')}select 1 as a${name.join('')}${after.join('')}`)
const script = fc.array(statement, { minLength: 1, maxLength: 4 }).map((statements) => statements.join(';'))

eachMajor('statements that end with what looks like white space', (major) => {
  it('are cut as the server executes them', async () => {
    await using database = await aDatabase({ major })
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    const names = async (sql: string) =>
      [await client.query(sql)].flat().flatMap(({ fields }) => fields.map(({ name }) => name))
    let read = 0
    await fc.assert(
      fc.asyncProperty(script, async (text) => {
        const parsed = parser.parse(text)
        const whole = await names(text).catch(() => undefined)
        expect([text, parsed.kind]).toEqual([text, whole ? 'statements' : 'syntax-error'])
        if (parsed.kind !== 'statements') return
        const cut: string[] = []
        for (const { span } of parsed.statements) {
          const sql = text.slice(span.start, span.end)
          expect(sql).toMatch(/^select.*[^ \t\n\r\f\v]$/s)
          cut.push(...(await names(sql)))
        }
        expect(cut).toEqual(whole)
        if (whole?.some((name) => LETTERS.includes(name.at(-1) ?? ''))) read++
      }),
      { numRuns: 400 },
    )
    await client.end()
    expect(read).toBeGreaterThan(30)
  })
})
