import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { openParser, type Parsed } from '../../src/sql/open-parser.js'

const parser = await openParser()

const statementsOf = (text: string) => {
  const parsed = parser.parse(text)
  if (parsed.kind !== 'statements') throw new Error(`${parsed.kind} for ${text.slice(0, 80)}`)
  return parsed.statements
}
const slices = (text: string) => statementsOf(text).map(({ span }) => text.slice(span.start, span.end))
const kinds = (texts: readonly string[]) => texts.map((text) => parser.parse(text).kind)

describe('the parser', () => {
  it('is loaded once', async () => {
    expect(await openParser()).toBe(parser)
  })

  it('names each statement and cuts it without white space, comments and the semicolon', () => {
    const text =
      '-- head\r\n select 1 /* a; */ -- b\n ; create index concurrently i on t (a)\n;;\nselect 2 -- end'
    expect(slices(text)).toEqual(['select 1', 'create index concurrently i on t (a)', 'select 2'])
    expect(statementsOf(text).map(({ node }) => node)).toEqual(['SelectStmt', 'IndexStmt', 'SelectStmt'])
    expect(statementsOf(text)[1]?.tree).toMatchObject({ concurrent: true, idxname: 'i' })
  })

  it('keeps a comment sign that is part of a literal', () => {
    expect(slices("select '--' ;select '*/'")).toEqual(["select '--'", "select '*/'"])
  })

  it('cuts where UTF-8, code points and UTF-16 disagree', () => {
    const text = "select 'é😀é'; select '漢😀' ; /* 😀 */ select 3"
    expect(slices(text)).toEqual(["select 'é😀é'", "select '漢😀'", 'select 3'])
  })

  it('takes a function body in BEGIN ATOMIC for one statement', () => {
    const text = 'create function f() returns int language sql begin atomic select 1; select 2; end; select 3'
    expect(statementsOf(text)).toHaveLength(2)
  })

  it.each(['', ' \n', '-- only a comment', '/* a */;;;'])('finds no statement in %j', (text) => {
    expect(statementsOf(text)).toEqual([])
  })

  it.each([
    ['selec', 0],
    ["select 'é😀é'; selec", 15],
    ["select 1;\n select 'open", 18],
    ['select (', 8],
    ['\\set x 1', 0],
  ])('tells where %j goes wrong', (text, offset) => {
    expect(parser.parse(text)).toMatchObject({ kind: 'syntax-error', offset })
  })

  it('does not repeat a whole file in a message', () => {
    const parsed = parser.parse(`select '${'x'.repeat(100_000)}`)
    expect(parsed).toMatchObject({ kind: 'syntax-error' })
    expect((parsed as { message: string }).message.length).toBeLessThan(210)
  })

  it('takes a byte-order mark for a letter, as the server does: whoever decodes a file cuts one off', () => {
    expect(parser.parse('\ufeffselect 1')).toMatchObject({ kind: 'syntax-error', offset: 0 })
    expect(slices('select 1 as a\ufeff ; select 2')).toEqual(['select 1 as a\ufeff', 'select 2'])
  })
})

describe('what the parser can not read', () => {
  const tooDeep = `select ${'1+'.repeat(20_000)}1`

  it('is refused with a NUL, which would hide the rest', () => {
    expect(parser.parse('select 1; \0 drop table t')).toEqual({
      kind: 'unreadable',
      reason: 'it holds a NUL character',
    })
  })

  it('is refused above 8 MB, with the size', () => {
    const parsed = parser.parse(`select '${'x'.repeat(8 * 1024 * 1024)}'`)
    expect(parsed).toEqual({
      kind: 'unreadable',
      reason: 'it has 8,388,617 bytes, the parser reads at most 8,388,608',
    })
  })

  it('leaves later texts and the exit code alone, however often', () => {
    const before = process.exitCode
    for (let time = 0; time < 100; time++) {
      expect(parser.parse(tooDeep)).toEqual({
        kind: 'unreadable',
        reason: 'it is nested too deep or too large for the parser',
      })
    }
    expect(slices('select 1; create table t (id int)')).toEqual(['select 1', 'create table t (id int)'])
    expect(process.exitCode).toBe(before)
  })

  it('leaves the exit code alone when memory runs out', () => {
    const before = process.exitCode
    expect(parser.parse(`select ${'1,'.repeat(3_900_000)}1`).kind).toBe('unreadable')
    expect(process.exitCode).toBe(before)
    expect(slices('select 1')).toEqual(['select 1'])
  })

  it.each([
    ['nested comments', `${'/*'.repeat(100_000)}${'*/'.repeat(100_000)} select 1`],
    ['signs in a row', `select ${'+-+'.repeat(100_000)}1`],
  ])('is refused before %s cost minutes', (_, text) => {
    expect(parser.parse(text).kind).toBe('unreadable')
  })

  it('is not a banner, a ruler or base64', () => {
    const banner = `/${'*'.repeat(5000)}\n${'='.repeat(5000)}\n${'*'.repeat(5000)}/\n--${'-'.repeat(5000)}\n`
    const base64 = `select '${'ab+/'.repeat(200_000)}'`
    expect(kinds([banner, base64])).toEqual(['statements', 'statements'])
  })
})

it('never throws, and cuts statements in order without overlap', () => {
  const fragment = fc.constantFrom(
    ...["'", '"', '$$', '$a$', '--', '/*', '*/', ';', '\n', '\r', '\\', ':', '(', ')', 'é', '😀', '\ud800'],
    ...[
      'select ',
      '1',
      ' from t',
      'begin;',
      'commit;',
      "E'",
      ' ',
      '\ufeff',
      '\0',
      'create index concurrently ',
    ],
  )
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 30 }), (fragments) => {
      const text = fragments.join('')
      const parsed: Parsed = parser.parse(text)
      if (parsed.kind === 'syntax-error') {
        expect(parsed.offset).toBeGreaterThanOrEqual(0)
        expect(parsed.offset).toBeLessThanOrEqual(text.length)
      }
      if (parsed.kind !== 'statements') return
      let last = 0
      for (const { span } of parsed.statements) {
        expect(span.start).toBeGreaterThanOrEqual(last)
        expect(span.end).toBeGreaterThan(span.start)
        last = span.end
      }
      expect(last).toBeLessThanOrEqual(text.length)
    }),
    { numRuns: 2000 },
  )
})
