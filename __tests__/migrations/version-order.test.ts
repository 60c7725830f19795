import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { compareBytes, compareVersions } from '../../src/migrations/version-order.js'
import { versionKey } from '../../src/model/version.js'

const digits = fc.nat({ max: 120 }).map(String)
const padded = fc.tuple(fc.constantFrom('', '0', '00'), digits).map((parts) => parts.join(''))
const version = fc.oneof(
  fc.array(padded, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.')),
  fc.constantFrom(
    '2026-01-20_a',
    '2026-01-20_b',
    '2025-12-31_z',
    '20260120103000',
    '9'.repeat(40),
    '1e3',
    '😀',
    '\uffff',
  ),
)

describe('the order of versions', () => {
  it('is numeric where they are numbers', () => {
    const versions = ['10', '9', '1.10', '1.9', '1', '00010', '0009', '1.9.1', '255', '57', '20240101000000']
    expect(versions.toSorted(compareVersions)).toEqual([
      ...['1', '1.9', '1.9.1', '1.10', '9', '0009', '10', '00010', '57', '255', '20240101000000'],
    ])
  })

  it('has no limit of size', () => {
    expect(compareVersions(`${'9'.repeat(30)}1`, `${'9'.repeat(30)}2`)).toBeLessThan(0)
  })

  it('is that of bytes behind the number, never of a language', () => {
    const versions = ['2026-01-20_é', '2026-01-20_z', '2026-01-20_Z', '2026-01-19_a', 'x', '99999999']
    expect(versions.toSorted(compareVersions)).toEqual([
      ...['2026-01-19_a', '2026-01-20_Z', '2026-01-20_z', '2026-01-20_é', '99999999', 'x'],
    ])
  })

  it('is numeric where a name follows the number', () => {
    const versions = ['10_b', '2_c', '02_a', '20240101000000_b', '20240101000000_a']
    expect(versions.toSorted(compareVersions)).toEqual([
      ...['02_a', '2_c', '10_b', '20240101000000_a', '20240101000000_b'],
    ])
  })

  it('compares bytes of UTF-8, not UTF-16', () => {
    expect(compareBytes('\uffff', '😀')).toBeLessThan(0)
  })

  it('is an order: total, the same both ways, transitive', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) || 0)
        expect(compareVersions(a, b) === 0).toBe(versionKey(a) === versionKey(b))
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) {
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
