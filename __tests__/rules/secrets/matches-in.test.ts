import { describe, expect, it } from '@jest/globals'
import { findSecrets } from '../../../src/rules/secrets/find-secrets.js'
import { isIn, matchesIn, PIECE } from '../../../src/rules/secrets/matches-in.js'

const FORM = /<[^>]*>|\{[^}]*/g
const LARGE = 3 * PIECE

/** A text of dots, but for what stands at some places. */
function textOf(length: number, ...parts: readonly (readonly [at: number, part: string])[]): string {
  let text = ''
  for (const [at, part] of parts) text = text.padEnd(at, '.') + part
  return text.padEnd(length, '.')
}

const found = (text: string) =>
  [...matchesIn(text, FORM)].flatMap((one) => (one ? [[one.start, one.match[0].length]] : []))
const wanted = (text: string) => [...text.matchAll(FORM)].map((match) => [match.index, match[0].length])

describe('a large text that is searched in pieces', () => {
  it.each([
    ['nothing', textOf(LARGE)],
    [
      'matches at, before and behind a border',
      textOf(LARGE, [PIECE - 1, '<>'], [2 * PIECE, '<b>'], [LARGE - 1, '<c>']),
    ],
    [
      'one that goes over a border and holds another',
      textOf(LARGE, [PIECE - 3, '<<<<<<<<>'], [PIECE + 9, '<d>']),
    ],
    [
      'one that is longer than a piece',
      textOf(LARGE, [10, '{'], [2 * PIECE + 5, '}'], [2 * PIECE + 9, '<e>']),
    ],
    ['one that never ends', textOf(LARGE, [PIECE + 7, '<'])],
    ['a small one', textOf(100, [10, '<f>'])],
  ])('shows what is found in it whole: %s', (_, text) => {
    expect(found(text)).toEqual(wanted(text))
  })

  it('is found to hold what stands at a border', () => {
    const holds = (text: string) => {
      const work = isIn(text, /needle/)
      for (;;) {
        const { done, value } = work.next()
        if (done) return value
      }
    }
    expect(
      [PIECE - 3, PIECE, 2 * PIECE - 6, LARGE - 6].map((at) => holds(textOf(LARGE, [at, 'needle']))),
    ).toEqual([true, true, true, true])
    expect(holds(textOf(LARGE))).toBe(false)
  })
})

describe('secrets in a large file', () => {
  const row = "insert into t (name, note) values ('somebody', 'no secret, no token, no password');\n"
  const key = `sb_secret_${'a1B2'.repeat(6)}`
  const filler = row.repeat(Math.ceil((4 * 1024 * 1024) / row.length))
  const text = `${filler}-- ${key}\n${filler}alter role app password 'hunter2-and-more';\n`

  it('are found wherever they stand, with pauses all the way', async () => {
    let pauses = 0
    const [secrets = []] = await findSecrets([text], () => {
      pauses++
      return undefined
    })
    expect(secrets.map(({ value }) => value)).toEqual([key, 'hunter2-and-more'])
    // One for every piece and form at least, and for every statement.
    expect(pauses).toBeGreaterThan((2 * filler.length) / row.length)
  })

  it('are not looked for any longer when a pause is not to end', async () => {
    let pauses = 0
    const looking = findSecrets([text], () => {
      if (++pauses === 3) throw new Error('that is enough')
      return undefined
    })
    await expect(looking).rejects.toThrow('that is enough')
    expect(pauses).toBe(3)
  })
})
