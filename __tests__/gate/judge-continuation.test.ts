import { describe, expect, it } from '@jest/globals'
import { judgeContinuation } from '../../src/gate/judge-continuation.js'

const PLAN = `v1:sha256:${'ab'.repeat(32)}`
const run = { runUrl: 'https://github.com/acme/shop/actions/runs/42', attempt: 2 }
const began = {
  version: '02',
  runUrl: run.runUrl,
  runAttempt: 1,
  planHash: PLAN,
  action: 'apply' as const,
  event: 'applied',
}

describe('an approval that holds only for what is gone on with', () => {
  it('holds where an earlier attempt of the run began the plan', () => {
    expect(judgeContinuation({ onlyContinuing: PLAN }, run, [began])).toBeUndefined()
  })

  it.each([
    { runUrl: 'https://github.com/acme/shop/actions/runs/41' },
    { runUrl: null },
    { runAttempt: 2 },
    { runAttempt: null },
    { planHash: null },
    { planHash: `${PLAN}0` },
    { action: 'repair' as const },
    { action: 'backup' as const },
    { event: 'refused' },
    { event: 'cancelled', version: '' },
    { event: 'rehearsal-failed' },
    { event: null },
  ])('does not hold where the history has %j', (overrides) => {
    expect(judgeContinuation({ onlyContinuing: PLAN }, run, [{ ...began, ...overrides }])).toMatchObject({
      reason: 'rerun',
      message: expect.stringContaining(PLAN),
    })
  })

  it('holds where the beginning is all that an earlier attempt left', () => {
    expect(
      judgeContinuation({ onlyContinuing: PLAN }, run, [{ ...began, version: '', event: 'started' }]),
    ).toBeUndefined()
  })

  it('is no other approval', () => {
    expect(judgeContinuation({}, run, [])).toBeUndefined()
  })
})
