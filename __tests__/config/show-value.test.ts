import { describe, expect, it } from '@jest/globals'
import { showValue } from '../../src/config/show-value.js'

describe('showValue', () => {
  it.each([
    ['sqll', '"sqll"'],
    [5, '5'],
    [true, 'true'],
    [null, 'empty'],
    [['a'], 'a list'],
    [{ a: 1 }, 'a map'],
  ])('shows %p as %s', (value, shown) => {
    expect(showValue(value)).toBe(shown)
  })

  it('keeps a value on its line', () => {
    expect(showValue('a\n::error::b\u001b[31m\u2028\u0085')).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
  })

  it('cuts a long value', () => {
    expect(showValue('x'.repeat(5000)).length).toBeLessThan(100)
  })

  it.each(['postgres://app:geheim@db/shop', 'app:geheim@db', 'https://example.com/geheim'])(
    'does not show %s, which may hold a password',
    (value) => {
      expect(showValue(value)).not.toContain('geheim')
    },
  )
})
