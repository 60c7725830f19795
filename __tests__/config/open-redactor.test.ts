import { describe, expect, it } from '@jest/globals'
import { openRedactor } from '../../src/config/open-redactor.js'

describe('openRedactor', () => {
  it('replaces what is known from the start, and what it is told later, by one function', () => {
    const { redact, hide } = openRedactor(['first-secret'])
    expect(redact('first-secret second-secret')).toBe('*** second-secret')
    hide(['second-secret'])
    expect(redact('first-secret second-secret')).toBe('*** ***')
  })

  it.each([
    ["it's a\\b", "E'it''s a\\\\b'"],
    ["it's a\\b", "E'it\\'s a\\\\b'"],
    ['odd"name', '"odd""name"'],
    ['a b&c/d', 'a%20b%26c%2Fd'],
    ['say "so"', String.raw`{"x":"say \"so\""}`],
    ['line one\nline number two', 'only line number two'],
  ])('knows the spellings of %j', (secret, met) => {
    const { redact, hide } = openRedactor([])
    hide([secret])
    expect(redact(met)).toContain('***')
    expect(redact(met)).not.toMatch(/it|name|a.20b|so|line number/)
  })

  it('leaves short values alone, which are words that occur everywhere', () => {
    const { redact, hide } = openRedactor([])
    hide(['app', ''])
    expect(redact('an app of ours')).toBe('an app of ours')
  })

  it('tells the spellings, for masks', () => {
    expect(openRedactor([]).hide(['secret-value'])).toContain('secret-value')
  })

  it('takes many', () => {
    const { redact, hide } = openRedactor([])
    hide(Array.from({ length: 10_000 }, (_, index) => `secret-number-${index}-`))
    expect(redact('secret-number-17-')).toBe('***')
  })
})
