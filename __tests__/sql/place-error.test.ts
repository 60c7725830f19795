import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { prepareMigration } from '../../src/plan/prepare-migration.js'
import { openParser, type Parsed } from '../../src/sql/open-parser.js'
import { parseScript } from '../../src/sql/parse-script.js'
import { placeError } from '../../src/sql/place-error.js'
import { aMigration } from '../support/builders.js'

const parser = await openParser()

/** What stands from the place of the error on. */
const blamed = (text: string, parsed: Parsed | undefined = parser.parse(text)) => {
  if (parsed?.kind !== 'syntax-error') throw new Error(`${parsed?.kind}`)
  return text.slice(parsed.offset)
}
const blamedInScript = (text: string) => blamed(text, [...parseScript(parser, text)].at(-1)?.parsed)

const NO_UTF_8 = String.raw`E'\xff'`

describe('an error that the parser does not place', () => {
  it.each([
    String.raw`E'\xff'`,
    String.raw`e'\377'`,
    String.raw`E'a\x00b'`,
    String.raw`E'\0'`,
    String.raw`E'it''s \'\xc3\x28'`,
    "E'é'\n  '\\xff'",
    "E'é' -- é\n  '\\xff'",
  ])('is at the string that no text may hold: %j', (string) => {
    const head =
      "-- 😀 E'\\xff'\n;;select '😀', '\\xff', $$E'\\xff'$$;\n/* E'\\xff' */ insert into t values (E'\\t', "
    const rest = `${string}, E'\\xff'); select E'\\xfe'; selec`
    expect(blamed(`${head}${rest}`)).toBe(rest)
  })

  it('is at the first token of a statement that has no such string', () => {
    const rest = `copy t to program stdin; select ${NO_UTF_8}`
    expect(blamed(`-- a\nselect 1; -- b\n${rest}`)).toBe(rest)
    expect(blamedInScript(`-- a\nselect 1; -- b\n${rest}`)).toBe(rest)
  })

  it('is found in a body, in a rule, behind rows and behind a comment that joins strings', () => {
    const bodies = [
      'create function f() returns int begin atomic select 1; select ',
      'create rule r as on insert to t do (select 1; select ',
      'copy t from stdin;\n1;\t\\N\n\\.\n;select ',
      "select 'a' -- b\n 'c';\nselect ",
    ]
    for (const body of bodies) {
      const text = `select 1;\n${body}${NO_UTF_8}; end); select 2`
      expect(blamedInScript(text)).toBe(text.slice(text.indexOf(NO_UTF_8)))
    }
  })

  it('is found behind a COPY without its rows, in SQL from which they were taken', () => {
    const text = `copy t from stdin;\n   \n   \nselect 1; select ${NO_UTF_8}`
    expect(blamed(text)).toBe(NO_UTF_8)
  })

  it('is reported with its line, its column and a caret', () => {
    const many = 'select 1;\n'.repeat(20_000)
    for (const before of ['', many]) {
      const text = `${before}select 1,\n  '😀', ${NO_UTF_8};\n`
      const [finding] = prepareMigration(parser, aMigration({ text })).findings
      expect(finding).toMatchObject({
        rule: 'syntax-error',
        position: { line: before.split('\n').length + 1, column: 8 },
        excerpt: `  '😀', ${NO_UTF_8};\n        ^`,
      })
    }
  })

  it('shows no byte of a secret', () => {
    const text = `select 1;\nalter role r password ${NO_UTF_8};\n`
    const start = text.indexOf('\\xff')
    const span = { start, end: start + 4 }
    const secret = { span, what: 'a password', value: 'x', kind: 'secret', isLiteral: true } as const
    const { findings } = prepareMigration(parser, aMigration({ text, secrets: [secret] }))
    expect(findings).toMatchObject([{ rule: 'syntax-error', position: { line: 2, column: 23 } }])
    expect(JSON.stringify(findings)).not.toMatch(/xff/)
  })

  it('is at the string, wherever it stands', () => {
    const statement = fc.constantFrom(
      ...[
        'select 1;',
        "select E'a\\n', E'\\xc3\\xa9';",
        "select '😀' -- ;\n;",
        '/* ; */;',
        "do $$ E'\\xff'; $$;\n",
      ],
      'create procedure p() begin atomic select 1; end;',
    )
    fc.assert(
      fc.property(fc.array(statement), fc.array(statement), (before, after) => {
        const rest = `${NO_UTF_8}, E'\\xff';${after.join('')}`
        expect(blamed(`${before.join('')}select E'é', ${rest}`)).toBe(rest)
      }),
      { numRuns: 300 },
    )
  })

  it('is looked for in a time that grows with the text', () => {
    let read = 0
    const text = `${"select E'a';".repeat(1000)}select ${"E'a', ".repeat(1000)}E'b'`
    const place = placeError(text, (sql) => {
      read += sql.length
      return sql.includes("'b'")
    })
    expect(text.slice(place)).toBe("E'b'")
    expect(read).toBeLessThan(4 * text.length)
  })

  it('is at the first token of the text where no statement has it by itself', () => {
    expect(placeError('-- a\nselect 1; select 2', () => false)).toBe(5)
    expect(placeError(' -- a', () => true)).toBe(0)
  })
})
