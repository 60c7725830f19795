import { describe, expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../src/model/progress.js'
import { limitNotices, NOTICE_LIMIT } from '../../src/programs/limit-notices.js'
import { limitWatching } from '../../src/programs/limit-watching.js'
import { anOtherSession } from '../support/builders.js'

const retrying: ProgressEvent = {
  kind: 'retrying',
  name: 'a.sql',
  reason: 'lock timeout',
  attempt: 1,
  limit: 10,
  blockers: [],
}

const BETWEEN = {
  retry: retrying,
  stage: { kind: 'stage', stage: 'apply' },
  next: { kind: 'applying', name: 'b.sql', index: 2, count: 2 },
} as const satisfies Record<string, ProgressEvent>

/** Which seconds of messages are worth a line; `b` is a second in which somebody is in the way. */
function lines(...seconds: readonly (number | `${number}b` | keyof typeof BETWEEN)[]): (number | string)[] {
  const told: ProgressEvent[] = []
  const observe = limitWatching((event) => told.push(event))
  const worth = seconds.filter((second) => {
    observe(second in BETWEEN ? BETWEEN[second as keyof typeof BETWEEN] : look(second))
    const event = told.at(-1)
    return event?.kind === 'watching' && event.worthALine
  })
  expect(told).toHaveLength(seconds.length)
  return worth
}

function look(second: number | string): ProgressEvent {
  const blockedBy = String(second).endsWith('b') ? [anOtherSession()] : []
  return { kind: 'watching', elapsedMs: Number.parseFloat(String(second)) * 1_000, blockedBy, blocking: [] }
}

const upTo = (end: number) => Array.from({ length: end }, (_, index) => index + 1)

describe('the looks at a long message', () => {
  it('are worth a line every ten seconds', () => {
    expect(lines(...upTo(35))).toEqual([10, 20, 30])
  })

  it('are worth one at once where somebody is in the way, and then every ten seconds', () => {
    expect(lines(...upTo(25).map((second) => `${second}b` as const))).toEqual(['1b', '11b', '21b'])
    expect(lines(5, 10, '12b', '13b', 15, '16b', 21, '22b', '23b')).toEqual([10, '12b', '22b'])
  })

  it('are counted anew for the next message', () => {
    expect(lines('1b', '2b', '1b', '2b')).toEqual(['1b', '1b'])
    expect(lines('1b', '1b')).toEqual(['1b', '1b'])
    expect(lines('1b', 'retry', '1.1b')).toEqual(['1b', '1.1b'])
    expect(lines('1b', 'stage', '1.1b')).toEqual(['1b', '1.1b'])
    expect(lines(10, '11b', 'next', 12, '13b', '14b')).toEqual([10, '11b', '13b'])
  })

  it('do not end the count of a migration’s notices', () => {
    const told: ProgressEvent[] = []
    const observe = limitNotices(limitWatching((event) => told.push(event)))
    const notice: ProgressEvent = { kind: 'notice', severity: 'NOTICE', message: 'x' }
    for (let second = 1; second <= 5; second++) {
      for (let n = 0; n < NOTICE_LIMIT; n++) observe(notice)
      observe(look(second))
    }
    expect(told.filter(({ kind }) => kind === 'notice')).toHaveLength(NOTICE_LIMIT)
    expect(told.filter(({ kind }) => kind === 'watching')).toHaveLength(5)
  })
})
