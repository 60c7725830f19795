import { describe, expect, it } from '@jest/globals'
import { cutMessage } from '../../src/model/cut-message.js'

describe('a text from elsewhere', () => {
  it('is as it is where it is no longer than anybody reads', () => {
    expect(cutMessage('duplicate key')).toBe('duplicate key')
    expect(cutMessage('x'.repeat(4_000))).toBe('x'.repeat(4_000))
  })

  it('is its beginning, and how much was left out', () => {
    expect(cutMessage('x'.repeat(1_000_000))).toBe(`${'x'.repeat(4_000)}… (996000 more characters)`)
    expect(cutMessage('x'.repeat(100), 10)).toBe(`${'x'.repeat(10)}… (90 more characters)`)
  })

  it('is cut again without forgetting what was cut before, and not in a character', () => {
    const once = cutMessage('x'.repeat(1_000_000))
    expect(cutMessage(once)).toBe(once)
    expect(cutMessage(`${'-'.repeat(40)}${once}`)).toBe(
      `${'-'.repeat(40)}${'x'.repeat(3_960)}… (996040 more characters)`,
    )
    expect(cutMessage(once, 1_000)).toBe(`${'x'.repeat(1_000)}… (999000 more characters)`)
    expect(cutMessage('😀'.repeat(100), 11)).toBe(`${'😀'.repeat(5)}… (190 more characters)`)
  })
})
