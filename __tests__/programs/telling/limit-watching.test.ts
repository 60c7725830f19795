import { describe, expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../../src/model/progress.js'
import type { OtherSession } from '../../../src/model/watch.js'
import { EACH_UP_TO } from '../../../src/programs/telling/limit-lines.js'
import { limitNotices, NOTICE_LIMIT } from '../../../src/programs/telling/limit-notices.js'
import { limitWatching } from '../../../src/programs/telling/limit-watching.js'
import { anOtherSession } from '../../support/builders.js'

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
  nextOfMany: { kind: 'applying', name: 'b.sql', index: 2, count: EACH_UP_TO + 1 },
} as const satisfies Record<string, ProgressEvent>

type Second = number | `${number}${'b' | 'w'}`

/**
 * Which seconds of messages, one right after the other, are worth a line; in a second `b` somebody is in the way, in a
 * second `w` somebody waits.
 */
function lines(...seconds: readonly (Second | keyof typeof BETWEEN)[]): (number | string)[] {
  const told: ProgressEvent[] = []
  const time = { now: 0, seen: 0 }
  const observe = limitWatching(
    (event) => told.push(event),
    () => time.now,
  )
  const worth = seconds.filter((second) => {
    if (second in BETWEEN) observe(BETWEEN[second as keyof typeof BETWEEN])
    else {
      const elapsedMs = Number.parseFloat(String(second)) * 1_000
      time.now += elapsedMs - (elapsedMs > time.seen ? time.seen : 0)
      time.seen = elapsedMs
      observe(look(second))
    }
    const event = told.at(-1)
    return event?.kind === 'watching' && event.worthALine
  })
  expect(told).toHaveLength(seconds.length)
  return worth
}

function look(second: number | string): ProgressEvent {
  const elapsedMs = Number.parseFloat(String(second)) * 1_000
  const [blockedBy, blocking] = ['b', 'w'].map((end) =>
    String(second).endsWith(end) ? [anOtherSession()] : [],
  ) as [OtherSession[], OtherSession[]]
  return { kind: 'watching', elapsedMs, blockedBy, blocking }
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

  it('are worth one at once where somebody waits for it, and then every ten seconds', () => {
    expect(lines(...upTo(25).map((second) => `${second}w` as const))).toEqual(['1w', '11w', '21w'])
    expect(lines(5, '6w', '7b', '8b', 9, '10w', 11, '17w', '18w')).toEqual(['6w', '7b', '17w'])
    expect(lines('1w', '1w', 'next', '1w', '2w', 'retry', '1w', '8w')).toEqual(['1w', '8w'])
  })

  it('are worth a line every ten seconds where no message takes that long', () => {
    const six = Array.from({ length: 6 }, (_, nth) => upTo(4).map((second) => second + nth / 100)).flat()
    expect(lines(...six)).toEqual([2.02, 4.04])
    expect(lines('stage', 7.5, 7.5, 7.5, 7.5)).toEqual([7.5, 7.5])
  })

  it('are worth none where the log has told meanwhile that the work goes on', () => {
    expect(lines(6, 'next', 5, 9, 10, 'stage', 9, 'retry', 9)).toEqual([10])
  })

  it('are worth one where so many migrations run that the log does not tell of each', () => {
    expect(lines(6, 'nextOfMany', 5, 'nextOfMany', 4)).toEqual([5])
  })

  it('name who is in the way anew for the next message', () => {
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
