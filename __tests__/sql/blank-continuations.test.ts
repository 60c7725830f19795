import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { blankContinuations } from '../../src/sql/blank-continuations.js'
import { openParser } from '../../src/sql/open-parser.js'
import { aSession } from '../database/a-session.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'

const parser = await openParser()

describe('a comment between the parts of a string', () => {
  it.each([
    ["select 'a' -- b\n 'c'", "select 'a'     \n 'c'"],
    ["select 'a'--\r\n--é😀\n\n'c' -- d\n", "select 'a'  \r\n     \n\n'c' -- d\n"],
    ["select E'a\\'' -- 'b\n'c''' -- d\n 'e'", "select E'a\\''      \n'c'''     \n 'e'"],
  ])('is blanked in %j, and nothing else', (text, blanked) => {
    expect(blankContinuations(text)).toBe(blanked)
  })

  it.each([
    "select 'a' -- b",
    "select 'a' -- 'b'\n, 'c'",
    "select 'a'\n'b' -- c",
    "select 'a' /* -- b */\n'c'",
    "select 'a' -- b\n/* c */ 'd'",
    "select 'a' -- b\n E'c'",
    "select $$a$$ -- b\n'c'",
    'select "a" -- b\n"c"',
    "do $$begin perform 'a' -- b\n'c'; end$$",
    "select 'a' -- b\n'open",
  ])('is none in %j', (text) => {
    const blanked = blankContinuations(text)
    expect(blanked ?? text).toBe(text.endsWith('open') ? "select 'a'     \n'open" : text)
  })

  it('leaves what is before and behind it where it is', () => {
    const text = "comment on table é is 'a' -- 😀é\n 'b'; select 1 as \"é\"; selec"
    expect(parser.parse(text)).toMatchObject({ kind: 'syntax-error', offset: text.indexOf('selec', 45) })
    const parsed = parser.parse(text.slice(0, -7))
    if (parsed.kind !== 'statements') throw new Error(parsed.kind)
    expect(parsed.statements.map(({ span }) => text.slice(span.start, span.end))).toEqual([
      "comment on table é is 'a' -- 😀é\n 'b'",
      'select 1 as "é"',
    ])
    expect(parsed.statements[0]?.tree).toMatchObject({ comment: 'ab' })
  })

  it('hides no part of what DO executes', () => {
    const text = "do 'begin drop table t; end; --' -- c\n 'begin null; end'"
    const parsed = parser.parse(text)
    expect(parsed).toMatchObject({
      kind: 'statements',
      statements: [{ tree: { args: [expect.anything()] } }],
    })
    expect(JSON.stringify(parser.parsePlpgsql(text))).toContain('drop table t')
    expect(parser.parsePlpgsql("do $a$begin perform 'a' -- b\n 'c'; end$a$")).toHaveProperty('tree')
  })
})

const gaps = fc
  .array(fc.constantFrom(' ', '\t', '\n', '\r', '\f', '--', "-- it's", '-- x\n', '/* y */', '-', 'é'), {
    maxLength: 5,
  })
  .map((parts) => parts.join(''))
const part = fc.constantFrom("'0'", "'1'", "''", "'--'", "'\\'", 'E', 'N')
const strings = fc
  .tuple(
    fc.constantFrom('', 'E', 'e', 'N', 'B', 'X', 'U&'),
    fc.constantFrom("'0'", "'1'", "''", "'1''--'"),
    fc.array(fc.tuple(gaps, part), { minLength: 1, maxLength: 3 }),
  )
  .map(([kind, first, rest]) => `select ${kind}${first}${rest.flat().join('')}\n, 1`)

eachMajor('strings in parts', (major) => {
  it('are for the parser what they are for the server', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    let read = 0
    await fc.assert(
      fc.asyncProperty(strings, async (text) => {
        const { error } = await session.send(text)
        const isSyntax = error?.code === '42601'
        expect([text, parser.parse(text).kind]).toEqual([text, isSyntax ? 'syntax-error' : 'statements'])
        if (!error && blankContinuations(text) !== undefined) read++
      }),
      { numRuns: 1500 },
    )
    expect(read).toBeGreaterThan(30)
  })
})
