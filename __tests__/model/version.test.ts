import { describe, expect, it } from '@jest/globals'
import { versionKey } from '../../src/model/version.js'

describe('versions', () => {
  it.each([
    ['1', '01'],
    ['1', '0001'],
    ['0', '00'],
    ['1', '1.0'],
    ['1.2', '1_2'],
    ['1.2', '01.002'],
    ['1.2.0.0', '1_2'],
    ['20260120103000', '020260120103000'],
    ['9007199254740993', '09007199254740993'],
  ])('%s and %s are one', (one, other) => expect(versionKey(one)).toBe(versionKey(other)))

  it.each([
    ['1', '10'],
    ['1', '2'],
    ['1.2', '12'],
    ['1.2', '1.20'],
    ['0', '1'],
    ['9007199254740993', '9007199254740992'],
    ['2026-01-20_a', '2026-01-20_b'],
    ['2026-01-20', '20260120'],
    ['1a', '01a'],
    ['1.', '1'],
    ['', '0'],
  ])('%s and %s are two', (one, other) => expect(versionKey(one)).not.toBe(versionKey(other)))
})
