import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { makeExcluder } from '../../src/migrations/glob.js'
import { cpuMs } from '../support/cpu-ms.js'

const fits = (pattern: string, path: string) => makeExcluder([pattern])(path)

describe('an exclude pattern', () => {
  it.each([
    ['seed.sql', 'seed.sql'],
    ['seed.sql', 'a/b/seed.sql'],
    ['*.seed.sql', 'x.seed.sql'],
    ['archive', 'archive'],
    ['archive/', 'archive'],
    ['archive/**', 'archive/a/b.sql'],
    ['archive/*', 'archive/b.sql'],
    ['**/old_*.sql', 'old_1.sql'],
    ['**/old_*.sql', 'a/b/old_1.sql'],
    ['a/**/b.sql', 'a/b.sql'],
    ['a/**/b.sql', 'a/x/y/b.sql'],
    ['./x.sql', 'x.sql'],
    ['/x.sql', 'x.sql'],
    ['0?_x.sql', '0😀_x.sql'],
    ['*', '.hidden.sql'],
    ['a+(b).[c]', 'a+(b).[c]'],
    ['a**b', 'axxb'],
  ])('%s fits %s', (pattern, path) => {
    expect(fits(pattern, path)).toBe(true)
  })

  it.each([
    ['seed.sql', 'myseed.sql'],
    ['seed.sql', 'seed.sql.x'],
    ['*.sql', 'a.txt'],
    ['archive/*', 'archive/a/b.sql'],
    ['archive/**', 'archive'],
    ['**/x.sql', 'ax.sql'],
    ['a/**/b.sql', 'a/xb.sql'],
    ['a/**/b.sql', 'a/b.sql/c'],
    ['/x.sql', 'a/x.sql'],
    ['a?b', 'a/b'],
    ['.', 'x'],
    ['', 'x'],
    ['A.sql', 'a.sql'],
  ])('%s does not fit %s', (pattern, path) => {
    expect(fits(pattern, path)).toBe(false)
  })

  it('is one of several', () => {
    const isExcluded = makeExcluder(['a.sql', 'b/**'])
    expect(['a.sql', 'b/x', 'c.sql'].map(isExcluded)).toEqual([true, true, false])
    expect(makeExcluder([])('a.sql')).toBe(false)
  })

  it('agrees with a regular expression', () => {
    const part = fc.constantFrom('a', 'b', '/', '*', '?', '**', '**/', '.')
    const path = fc
      .array(fc.constantFrom('a', 'b', '/', '.'), { minLength: 1, maxLength: 8 })
      .map((all) => all.join(''))
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), path, (parts, name) => {
        // With a / inside, the pattern is for the whole path.
        const pattern = `x/${parts.join('')}x`
        expect(fits(pattern, `x/${name}x`)).toBe(asRegExp(pattern).test(`x/${name}x`))
      }),
      { numRuns: 3000 },
    )
  })

  it('takes no time, whatever the pattern', () => {
    const started = cpuMs()
    fits(`/${'*a'.repeat(100)}b`, 'a'.repeat(255))
    expect(cpuMs() - started).toBeLessThan(5_000)
  })
})

function asRegExp(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*+|\?|\./g, (token) => {
    if (token === '**/') return '(?:[^]*/)?'
    if (token.startsWith('**')) return '[^]*'
    return token === '*' ? '[^/]*' : token === '?' ? '[^/]' : '\\.'
  })
  return new RegExp(`^${source}$`)
}
