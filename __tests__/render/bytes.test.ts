import { describe, expect, it } from '@jest/globals'
import { renderBytes } from '../../src/render/bytes.js'
import { renderQuantity } from '../../src/render/quantity.js'
import { describeSize } from '../../src/render/relation-sizes.js'

describe('a number of bytes', () => {
  it.each([
    [0, '0 bytes'],
    [1023, '1023 bytes'],
    [1024, '1.0 kB'],
    [8192, '8.0 kB'],
    [10_188, '9.9 kB'],
    [10_240, '10 kB'],
    [1_048_575, '1.0 MB'],
    [3_435_973_837, '3.2 GB'],
    [1024 ** 6, '1024 PB'],
  ])('%d reads %s', (bytes, text) => {
    expect(renderBytes(bytes)).toBe(text)
  })
})

describe('a quantity', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [12_300_000, '12,300,000'],
  ])('of %d reads %s', (count, text) => {
    expect(renderQuantity(count)).toBe(text)
  })
})

describe('the size of a relation', () => {
  it('is told as far as it is known', () => {
    const size = (bytes: number | null, rows: number | null) => ({ relation: 'a', bytes, rows })
    expect(describeSize(size(8192, 1200))).toBe('8.0 kB, about 1,200 rows')
    expect(describeSize(size(8192, -1))).toBe('8.0 kB')
    expect(describeSize(size(null, null))).toBe('')
    expect(describeSize(undefined)).toBe('')
  })
})
