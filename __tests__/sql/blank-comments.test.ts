import '../support/fuzz-seed.js'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { blankAllComments, blankComments } from '../../src/sql/blank-comments.js'
import { openParser } from '../../src/sql/open-parser.js'
import { aSession } from '../database/a-session.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'

const parser = await openParser()

describe('comments', () => {
  it.each([
    ['a not /* é */ in (b) -- 😀\n', 'a not          in (b)        \n'],
    ['select \'-- a\', "/* b */", $$-- c$$, $x$/* d */$x$ /* e\r\n/* */ */', undefined],
    ["select E'a\\'-- b', 'c' -- d\n 'e'", "select E'a\\'-- b', 'c'     \n 'e'"],
    ["select E'a' -- b\n 'c'", "select E'a'     \n 'c'"],
  ])('are blanked in %j, as many bytes as they are', (text, blanked) => {
    expect(blankComments(text)).toBe(blanked ?? text.replace('/* e\r\n/* */ */', '    \r\n        '))
    expect(Buffer.byteLength(blankComments(text) ?? '')).toBe(Buffer.byteLength(text))
  })

  it.each(["select '-- a'", 'select 1', 'select /* a', "select 'a' /* b */\n 'c'", "select '--"])(
    'are none to be blanked in %j',
    (text) => {
      expect(blankComments(text)).toBeUndefined()
    },
  )

  it.each([
    ['do $$begin -- é\n end$$ -- a', 'do $$begin     \n end$$     '],
    [
      "do 'begin -- it''s\n execute ''-- a'' /* b */; end'",
      "do 'begin         \n execute ''-- a''        ; end'",
    ],
    ["do E'begin -- a\\n null; end'", "do E'begin     \\n null; end'"],
    ["do 'begin /* a' \n ' */ end'", "do 'begin       \n      end'"],
  ])('are blanked in the body of %j, too', (text, blanked) => {
    expect(blankAllComments(text)).toBe(blanked)
  })

  it('hide no mistake, and move none', () => {
    const before = 'select 1 where 1 not /* é😀 */ in (2); select /* 漢 */ 1; -- é\n'
    expect(parser.parse(`${before}selec`)).toEqual({
      kind: 'syntax-error',
      message: 'syntax error at or near "selec"',
      offset: before.length,
    })
    const bytes = `${before}select /* é */ E'\\xff'`
    expect(parser.parse(bytes)).toMatchObject({ kind: 'syntax-error', offset: bytes.indexOf("E'") })
    for (const wrong of [
      "select 'a' /* b\n */ 'c'",
      'select a not /* in (1)',
      "select 'a' -- b\n /* c */\n 'd'",
    ])
      expect([wrong, parser.parse(wrong).kind]).toEqual([wrong, 'syntax-error'])
  })

  it('leave the places in a tree where they are', () => {
    const text = 'select \'é\' /* 漢😀 */ where 1 not /* é */ in (2) and "ü" -- é'
    const parsed = parser.parse(text)
    if (parsed.kind !== 'statements') throw new Error(parsed.kind)
    const [statement] = parsed.statements
    expect(text.slice(statement?.span.start, statement?.span.end)).toBe(text.slice(0, -5))
    const places = [...JSON.stringify(statement?.tree).matchAll(/"location":(\d+)/g)]
    expect(places.map(([, bytes]) => text[parsed.offsetOf(Number(bytes))])).toContain('"')
  })
})

const LOOK_AHEAD = [
  'select 1 where 1 not~in (2)',
  'select 1 where 1 not~between 2~and 3',
  "select 'a' not~like 'b'",
  "select 'a' not~ilike 'b'",
  "select 'a' not~similar~to 'b'",
  'select 1 order by 1 nulls~last',
  'select 1 order by 1 nulls~first',
  "select '1:00'::time with~time~zone",
  "select '2020-01-01'::timestamp without~time~zone",
  'select * from generate_series(1, 2) with~ordinality',
  "select U&'d!0061'~uescape~'!'",
  'select 1 as U&"d!0061"~uescape~\'!\'',
  "select 'a'~'b'",
  "select E'a'~'b'",
  "select x'1'~'f'",
  'select \'-- a\'~, $$/* b */$$~, 1 as "-- c"~',
  'select 2 *~3 -~1',
]
const comment = fc.constantFrom(
  ' ',
  ' /* é */ ',
  '/* a /* b */ */',
  ' -- é\n',
  '/* -- */\n',
  '\n/* \n */',
  '\n',
  '--\r\n',
)
const statement = fc
  .tuple(fc.constantFrom(...LOOK_AHEAD), fc.array(comment, { minLength: 6, maxLength: 6 }))
  .map(([text, gaps]) => text.replace(/~/g, () => `${gaps.pop()}${gaps.length % 2 ? '' : gaps.pop()}`))

eachMajor('a comment where the grammar looks ahead', (major) => {
  it('is to the parser what it is to the server', async () => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    await fc.assert(
      fc.asyncProperty(statement, async (text) => {
        const { error } = await session.send(text)
        const isSyntax = error?.code === '42601'
        expect([text, parser.parse(text).kind]).toEqual([text, isSyntax ? 'syntax-error' : 'statements'])
      }),
      { numRuns: 1000 },
    )
  })
})
