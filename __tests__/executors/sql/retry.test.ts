import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { isRetryable, pauseBefore, RETRY_LIMIT } from '../../../src/executors/sql/retry.js'
import { type Tries, waitToRetry } from '../../../src/executors/sql/wait-to-retry.js'

const again = (tries: Tries, signal = new AbortController().signal) =>
  waitToRetry(
    { observe: () => {}, signal },
    { file: { name: '01_a.sql' } },
    { code: '55P03', message: 'canceling statement due to lock timeout' },
    tries,
  )

describe('a retry', () => {
  it('has two minutes from when it was first needed, however long the work took before', async () => {
    const tries: Tries = { count: 1 }
    expect(await again(tries)).toBe(true)
    expect(tries).toEqual({ count: 2, failedAt: expect.any(Number) })
    expect(Date.now() - (tries.failedAt ?? 0)).toBeLessThan(10_000)
    expect(await again({ count: 2, failedAt: Date.now() - 120_000 })).toBe(false)
    expect(await again({ count: 1 }, AbortSignal.abort())).toBe(false)
  })

  it('follows a lock that was not to be had and a deadlock, and nothing else', () => {
    expect(['55P03', '40P01', '40001', '57014', '23505', 'connection-lost'].filter(isRetryable)).toEqual([
      '55P03',
      '40P01',
    ])
  })

  it('comes at most ten times and within two minutes', () => {
    expect(pauseBefore(RETRY_LIMIT - 1, 0)).toBeDefined()
    expect(pauseBefore(RETRY_LIMIT, 0)).toBeUndefined()
    expect(pauseBefore(1, 119_999)).toBeDefined()
    expect(pauseBefore(1, 120_000)).toBeUndefined()
  })

  it('comes after a pause between half of and the whole of a doubling time, up to eight seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: RETRY_LIMIT - 1 }), (attempt) => {
        const whole = Math.min(8_000, 250 * 2 ** (attempt - 1))
        const pause = pauseBefore(attempt, 0)
        expect(pause).toBeGreaterThanOrEqual(whole / 2)
        expect(pause).toBeLessThanOrEqual(whole)
      }),
    )
  })

  it('differs between two runs that met', () => {
    expect(new Set(Array.from({ length: 20 }, () => pauseBefore(5, 0))).size).toBeGreaterThan(1)
  })
})
