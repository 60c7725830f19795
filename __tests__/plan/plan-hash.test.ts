import { createHash } from 'node:crypto'
import { expect, it } from '@jest/globals'
import { planHash } from '../../src/plan/plan-hash.js'

const one = { version: '01', checksum: `sha256:${'a'.repeat(64)}` }
const two = { version: '20260120103000', checksum: `sha256:${'b'.repeat(64)}` }

it('is this for these, for ever', () => {
  expect(planHash([])).toBe('v0:sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(planHash([one, two])).toBe(
    'v0:sha256:061da2270271e43068132a0a35e843ce63a6581a84b1e75e8252daedb3ae7cc8',
  )
})

it('can be computed by anybody: version, TAB, checksum, line feed, in order', () => {
  const text = `01\tsha256:${'a'.repeat(64)}\n20260120103000\tsha256:${'b'.repeat(64)}\n`
  expect(planHash([one, two])).toBe(`v0:sha256:${createHash('sha256').update(text).digest('hex')}`)
})

it('differs by order, version, checksum and count', () => {
  const hashes = [
    [one, two],
    [two, one],
    [one],
    [{ ...one, version: '1' }, two],
    [{ ...one, checksum: two.checksum }, two],
  ].map(planHash)
  expect(new Set(hashes).size).toBe(5)
})
