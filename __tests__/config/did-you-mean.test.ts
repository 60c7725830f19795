import { describe, expect, it } from '@jest/globals'
import { didYouMean } from '../../src/config/did-you-mean.js'

const KNOWN = ['directory', 'format', 'tracking_table', 'tracking_schema', 'lock-timeout', 'sql', 'dev']

describe('didYouMean', () => {
  it.each([
    ['direcotry', 'directory'],
    ['Format', 'format'],
    ['formt', 'format'],
    ['tracking-table', 'tracking_table'],
    ['trackingtable', 'tracking_table'],
    ['lock_timeout', 'lock-timeout'],
    ['sqll', 'sql'],
    ['tracking_schem', 'tracking_schema'],
  ])('finds for %s the key %s', (word, meant) => {
    expect(didYouMean(word, KNOWN)).toBe(meant)
  })

  it.each(['', 'banana', 'xyz', 'directories_of_all_kinds'])('finds nothing for %p', (word) => {
    expect(didYouMean(word, KNOWN)).toBeUndefined()
  })

  it('finds nothing where nothing is known', () => {
    expect(didYouMean('format', [])).toBeUndefined()
  })

  it('takes no time for a long word', () => {
    expect(didYouMean('x'.repeat(1_000_000), KNOWN)).toBeUndefined()
  })
})
