import { describe, expect, it } from '@jest/globals'
import { parseSize } from '../../src/config/parse-size.js'

describe('parseSize', () => {
  it.each([
    ['0MB', 0],
    ['500kB', 512_000],
    ['500KB', 512_000],
    ['10MB', 10_485_760],
    ['10 MB', 10_485_760],
    ['1GB', 1_073_741_824],
    ['2TB', 2_199_023_255_552],
  ])('reads %s', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes)
  })

  it.each(['', '10', 'MB', '10mb', '1.5MB', '-1MB', '10PB', '1234567890MB', '10  MB'])(
    'refuses "%s"',
    (text) => {
      expect(parseSize(text)).toBeUndefined()
    },
  )
})
