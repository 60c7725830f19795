import { describe, expect, it } from '@jest/globals'
import { findGaps } from '../../src/migrations/find-gaps.js'
import { parseName } from '../../src/migrations/parse-name.js'
import { aMigration } from '../support/builders.js'

function gapsIn(...names: string[]): string[] {
  const files = names.map((name) => {
    const parsed = parseName(name)
    if (parsed.kind !== 'up') throw new Error(`${name} is no migration`)
    return aMigration({ name, version: parsed.version, style: parsed.style })
  })
  return findGaps(files, 'warn').map(({ severity, message }) => `${severity} ${message}`)
}

describe('findGaps', () => {
  it('tells each number, or stretch of numbers, that is left out, in the order of numbers', () => {
    expect(gapsIn('10_d.sql', '03_b.sql', '04_c.sql', '01_a.sql')).toEqual([
      'warning Version 2 is missing: 03_b.sql follows 01_a.sql.',
      'warning Versions 5 to 9 are missing: 10_d.sql follows 04_c.sql.',
    ])
  })

  it.each([
    ['begin anywhere', ['07_a.sql', '08_b.sql']],
    ['are moments', ['20260120103000_a.sql', '20260121103000_b.sql']],
    ['are days', ['20260120_a.sql', '20260125_b.sql']],
    ['are days with a name', ['2026-01-20_a.sql', '2026-01-25_b.sql']],
    ['have parts', ['V1.1__a.sql', 'V1.5__b.sql']],
    ['are moments of folders', ['20260120103000_a/migration.sql', '20260121103000_b/migration.sql']],
  ])('tells nothing where versions %s', (_, names) => {
    expect(gapsIn(...names)).toEqual([])
  })

  it.each([
    ['V1__a.sql', 'V3__b.sql'],
    ['01_a/up.sql', '03_b/up.sql'],
  ])('counts %s and %s', (first, second) => {
    expect(gapsIn(first, second)).toEqual([`warning Version 2 is missing: ${second} follows ${first}.`])
  })

  it('is silent unless it is asked, and stops a run where that is asked', () => {
    const files = ['01_a.sql', '03_b.sql'].map((name) => aMigration({ name }))
    expect(findGaps(files, 'off')).toEqual([])
    expect(findGaps(files, 'error')).toMatchObject([{ rule: 'version-gap', severity: 'error' }])
  })
})
