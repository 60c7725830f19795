import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseDuration } from '../../src/config/parse-duration.js'

describe('parseDuration', () => {
  it.each([
    ['500ms', 500],
    ['3s', 3000],
    ['5m', 300_000],
    ['5min', 300_000],
    ['1h', 3_600_000],
    ['0', 0],
    ['0s', 0],
    ['2147483647ms', 2_147_483_647],
  ])('reads %s as %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  it.each(['', '5', '00', '3 s', '-3s', '1.5s', '3S', '3sec', 's', '1e3ms', '3s\n', '1d', '3s5ms', '٣s'])(
    'refuses %p',
    (text) => {
      expect(parseDuration(text)).toBeUndefined()
    },
  )

  it.each(['2147483648ms', '2147484s', '597h', `${'9'.repeat(400)}s`])(
    'refuses %p, which PostgreSQL can not hold',
    (text) => {
      expect(parseDuration(text)).toBeUndefined()
    },
  )

  it('gives whole milliseconds that PostgreSQL can hold, or nothing, for any text', () => {
    const like = fc
      .tuple(fc.nat(), fc.constantFrom('', 'ms', 's', 'm', 'h', 'x'))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(fc.string(), like), (text) => {
        const ms = parseDuration(text)
        expect(ms === undefined || (Number.isInteger(ms) && ms >= 0 && ms <= 2_147_483_647)).toBe(true)
      }),
    )
  })
})
