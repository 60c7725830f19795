import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { nameNext } from '../../src/migrations/name-next.js'
import { parseName } from '../../src/migrations/parse-name.js'
import { compareBytes, compareVersions } from '../../src/migrations/version-order.js'

const NOW = new Date('2026-03-05T10:20:30.400Z')

function next(name: string, now = NOW): string {
  const parsed = parseName(name)
  if (parsed.kind !== 'up') throw new Error(`${name} is no migration`)
  return nameNext({ name, style: parsed.style }, 'after_x', now)
}

describe('nameNext', () => {
  it.each([
    ['07_orders.sql', '08_after_x.sql'],
    ['099_orders.sql', '100_after_x.sql'],
    ['9-orders.up.sql', '10-after_x.sql'],
    ['20260120103000_orders.sql', '20260305102030_after_x.sql'],
    ['20260305102030_orders.sql', '20260305102031_after_x.sql'],
    ['20261231235959_orders.sql', '20270101000000_after_x.sql'],
    ['20269999999999_orders.sql', '20270000000000_after_x.sql'],
    ['20250625_orders.sql', '20260305_after_x.sql'],
    ['20260430_orders.sql', '20260501_after_x.sql'],
    ['2026-01-20_orders.sql', '2026-03-05_after_x.sql'],
    ['2026-03-05_zebra.sql', '2026-03-06_after_x.sql'],
    ['2026-12-31-zebra.sql', '2027-01-01_after_x.sql'],
    ['V3__orders.sql', 'V4__after_x.sql'],
    ['V1.2__orders.sql', 'V2__after_x.sql'],
    ['V009__orders.sql', 'V010__after_x.sql'],
    ['20260120103000_orders/migration.sql', '20260305102030_after_x/migration.sql'],
    ['04_orders/up.sql', '05_after_x/up.sql'],
  ])('of %s is %s', (name, expected) => {
    expect(next(name)).toBe(expected)
  })

  it('is of the same style and comes after, whatever the number and the clock are', () => {
    const digits = fc.stringMatching(/^\d{1,20}$/)
    const stem = fc.oneof(digits, fc.stringMatching(/^20\d\d-\d\d-\d\d$/))
    const name = stem.chain((version) =>
      fc.constantFrom(
        `${version}_zz.sql`,
        `${version}-zz.sql`,
        `${version}_zz/migration.sql`,
        `V${version}__zz.sql`,
      ),
    )
    const clock = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(name, clock, (given, now) => {
        const before = parseName(given)
        fc.pre(before.kind === 'up')
        const named = next(given, now)
        const after = parseName(named)
        if (before.kind !== 'up' || after.kind !== 'up') throw new Error(`${named} is no migration`)
        expect(after.family).toBe(before.family)
        const order = compareVersions(before.version, after.version) || compareBytes(given, named)
        expect(order).toBeLessThan(0)
      }),
      { numRuns: 500 },
    )
  })
})
