import { describe, expect, it } from '@jest/globals'
import { parseBoolean } from '../../src/config/parse-boolean.js'

describe('parseBoolean', () => {
  it.each(['true', 'TRUE', 'Yes', '1'])('takes %s for yes', (text) => {
    expect(parseBoolean(text)).toBe(true)
  })

  it.each(['false', 'False', 'NO', '0'])('takes %s for no', (text) => {
    expect(parseBoolean(text)).toBe(false)
  })

  it.each(['', 'ture', 'on', 'off', 'y', '2', ' true'])('takes %p for neither', (text) => {
    expect(parseBoolean(text)).toBeUndefined()
  })
})
