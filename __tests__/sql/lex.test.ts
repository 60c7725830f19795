import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { lex } from '../../src/sql/lex.js'
import { openParser } from '../../src/sql/open-parser.js'

const pieces = (text: string) =>
  [...lex(text)]
    .filter(({ kind }) => kind !== 'space')
    .map(({ kind, start, end, closed }) => `${kind}${closed ? '' : '!'} ${text.slice(start, end)}`)

describe('the lexer', () => {
  it.each([
    ['a--b\nc', ['word a', 'line-comment --b', 'word c']],
    ['a--b\rc', ['word a', 'line-comment --b', 'word c']],
    ['/* a /* b */ c */d', ['block-comment /* a /* b */ c */', 'word d']],
    ['/* /*/ */ */x', ['block-comment /* /*/ */ */', 'word x']],
    ['/* a', ['block-comment! /* a']],
    ["'it''s;' ;", ["string 'it''s;'", 'semicolon ;']],
    ["'a\\' b", ["string 'a\\'", 'word b']],
    ["E'a\\' b' c", ["string E'a\\' b'", 'word c']],
    ["e'a''b\\\\' c", ["string e'a''b\\\\'", 'word c']],
    ["E'a' -- x\n 'b\\'c' d", ["string E'a' -- x\n 'b\\'c'", 'word d']],
    ["E'a' 'b\\' c", ["string E'a'", "string 'b\\'", 'word c']],
    ["E'a\\", ["string! E'a\\"]],
    ["typE'a\\'b", ['word typE', "string 'a\\'", 'word b']],
    ["'open", ["string! 'open"]],
    ['"a""b;" c', ['quoted-name "a""b;"', 'word c']],
    ['$$a;$$b', ['dollar-string $$a;$$', 'word b']],
    ['$a$ $b$ $$ $a$;', ['dollar-string $a$ $b$ $$ $a$', 'semicolon ;']],
    ['$1;', ['other $', 'word 1', 'semicolon ;']],
    ['a$$b$$c', ['word a$$b$$c']],
    ['1$$b$$', ['word 1', 'dollar-string $$b$$']],
    ['$1a$ x', ['other $', 'word 1', 'word a$', 'word x']],
    ['$é$ ; $é$', ['dollar-string $é$ ; $é$']],
    ['$a$', ['dollar-string! $a$']],
    ['a*--b', ['word a', 'other *', 'line-comment --b']],
    ['a\u00a0b', ['word a\u00a0b']],
  ])('cuts %j', (text, expected) => {
    expect(pieces(text)).toEqual(expected)
  })

  const fragment = fc.constantFrom(
    ...[
      "'",
      "''",
      '"',
      '$$',
      '$a$',
      '$1',
      '--',
      '/*',
      '*/',
      ';',
      '\n',
      '\r\n',
      '\\',
      "\\'",
      'E',
      "E'",
      'é',
      '😀',
    ],
    ...['a', '1', ' ', '\t', ':', '*', '-', '/'],
  )
  const soup = fc.array(fragment, { maxLength: 40 }).map((fragments) => fragments.join(''))

  it('loses nothing and never throws', () => {
    fc.assert(
      fc.property(soup, (text) => {
        const cut = [...lex(text)]
        expect(cut.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text)
        expect(cut.every(({ start, end }) => end > start)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('agrees with PostgreSQL on what is left open and how many statements there are', async () => {
    const parser = await openParser()
    let compared = 0
    fc.assert(
      fc.property(fc.array(soup, { minLength: 1, maxLength: 3 }), (parts) => {
        const text = parts.map((part) => `select ${part}`).join('\n;')
        const parsed = parser.parse(text)
        const cut = [...lex(text)]
        if (parsed.kind === 'syntax-error' && /^unterminated/.test(parsed.message)) {
          // The server counts literals that continue one another as one.
          expect(cut.at(-1)?.closed).toBe(false)
          expect(cut.at(-1)?.start).toBeGreaterThanOrEqual(parsed.offset)
          compared++
        }
        if (parsed.kind !== 'statements') return
        compared++
        const starts = parsed.statements.map(({ span }) => span.start)
        expect(cut.every(({ closed }) => closed)).toBe(true)
        expect(firstWords(text)).toEqual(starts)
      }),
      { numRuns: 5000 },
    )
    expect(compared).toBeGreaterThan(500)
  })

  it.each([
    ['a comment', `--${'x'.repeat(30_000_000)}`],
    ['a literal', `'${'x'.repeat(30_000_000)}'`],
    ['an escaped literal', `E'${"\\'".repeat(5_000_000)}'`],
    ['white space', ' '.repeat(30_000_000)],
    ['a name', 'a'.repeat(30_000_000)],
    ['comments in comments', `${'/*'.repeat(1_000_000)}${'*/'.repeat(1_000_000)}`],
  ])('takes %s of any length as one piece', (_, text) => {
    expect([...lex(text)]).toHaveLength(1)
  })
})

/** Where the first token of each statement stands. */
function firstWords(text: string): number[] {
  const starts: number[] = []
  let fresh = true
  for (const { kind, start } of lex(text)) {
    if (kind === 'semicolon') fresh = true
    else if (fresh && kind !== 'space' && !kind.endsWith('comment')) {
      starts.push(start)
      fresh = false
    }
  }
  return starts
}
