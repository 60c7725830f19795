import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { applyFixes } from '../../src/migrations/apply-fixes.js'
import type { Fix } from '../../src/model/finding.js'
import { cpuMs } from '../support/cpu-ms.js'

/** Of `[start, end, text]`. */
function aFix(title: string, ...edits: readonly [number, number, string][]): Fix {
  return { title, edits: edits.map(([start, end, text]) => ({ span: { start, end }, text })) }
}

describe('applyFixes', () => {
  it('carries out all that touch different places, in whatever order they come', () => {
    const { text, applied, left } = applyFixes('create index i on t (a); select 1;', [
      aFix('later', [32, 33, '2']),
      aFix('first', [0, 0, '-- x\n'], [12, 12, ' concurrently']),
    ])
    expect(text).toBe('-- x\ncreate index concurrently i on t (a); select 2;')
    expect(applied.map(({ title }) => title)).toEqual(['later', 'first'])
    expect(left).toEqual([])
  })

  it('adds once what two fixes ask for', () => {
    const top = [0, 0, '-- top\n'] as const
    const { text, applied } = applyFixes('ab', [
      aFix('a', [...top], [0, 1, 'A']),
      aFix('b', [...top], [1, 2, 'B']),
    ])
    expect(text).toBe('-- top\nAB')
    expect(applied).toHaveLength(2)
  })

  it('leaves a fix whole where it touches what another changes', () => {
    const { text, left } = applyFixes('abcdef', [
      aFix('one', [1, 3, 'X']),
      aFix('two', [5, 6, 'Z'], [2, 4, 'Y']),
      aFix('three', [4, 5, 'E']),
    ])
    expect(text).toBe('aXdEf')
    expect(left.map(({ title }) => title)).toEqual(['two'])
  })

  it.each([
    [[2, 2, 'x'], [2, 2, 'y'], 1],
    [[2, 2, 'x'], [2, 4, 'y'], 0],
    [[2, 4, 'x'], [4, 4, 'y'], 0],
    [[2, 4, 'x'], [3, 3, 'y'], 1],
    [[2, 4, 'x'], [4, 5, 'y'], 0],
  ] as const)('sees whether %j and %j are in each other’s way', (a, b, count) => {
    expect(applyFixes('abcdef', [aFix('a', [...a]), aFix('b', [...b])]).left).toHaveLength(count)
    expect(applyFixes('abcdef', [aFix('b', [...b]), aFix('a', [...a])]).left).toHaveLength(count)
  })

  it('keeps the line ends of the text', () => {
    expect(applyFixes('a;\r\nb;\r\n', [aFix('x', [4, 4, 'c;\nd;\r\n'])]).text).toBe(
      'a;\r\nc;\r\nd;\r\nb;\r\n',
    )
  })

  it('takes time linear in the number of fixes', () => {
    const fixes = Array.from({ length: 20_000 }, (_, at) => aFix(String(at), [at, at + 1, 'x']))
    const begun = cpuMs()
    const { applied } = applyFixes('a'.repeat(20_000), fixes)
    expect(applied).toHaveLength(20_000)
    expect(cpuMs() - begun).toBeLessThan(1000)
  })

  it('changes nothing that no fix names, and loses no fix', () => {
    const edit = fc
      .tuple(fc.nat(20), fc.nat(4), fc.stringMatching(/^[A-Z]{0,3}$/))
      .map(([start, length, text]) => [start, Math.min(20, start + length), text] as [number, number, string])
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
        const fixes = edits.map((one, index) => aFix(String(index), one))
        const before = 'abcdefghijklmnopqrst'
        const { text, applied, left } = applyFixes(before, fixes)
        expect(applied.length + left.length).toBe(fixes.length)
        const touched = (at: number) =>
          applied.some(({ edits: [only] }) => only && only.span.start <= at && at < only.span.end)
        const kept = [...before].filter((_, at) => !touched(at)).join('')
        expect(text.replace(/[A-Z]/g, '')).toBe(kept)
      }),
    )
  })
})
