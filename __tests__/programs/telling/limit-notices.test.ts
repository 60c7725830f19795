import { describe, expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../../src/model/progress.js'
import { limitNotices, NOTICE_LIMIT, NOTICES_OF_A_RUN } from '../../../src/programs/telling/limit-notices.js'

const notice: ProgressEvent = { kind: 'notice', severity: 'NOTICE', message: 'x' }
const stage: ProgressEvent = { kind: 'stage', stage: 'apply' }

describe('the notices of a migration', () => {
  it('are all told up to the limit, and counted from there to the next event', () => {
    const told: ProgressEvent[] = []
    const observe = limitNotices((event) => told.push(event))
    for (let n = 0; n < NOTICE_LIMIT; n++) observe(notice)
    observe(stage)
    expect(told).toHaveLength(NOTICE_LIMIT + 1)
    for (let n = 0; n < NOTICE_LIMIT + 7; n++) observe(notice)
    observe(stage)
    expect(told.slice(-2)).toEqual([{ kind: 'note', message: '… and 7 more notices' }, stage])
    observe(stage)
    expect(told).toHaveLength(2 * NOTICE_LIMIT + 4)
  })

  it('of a whole run have a limit too, which is told once', () => {
    const told: ProgressEvent[] = []
    const observe = limitNotices((event) => told.push(event))
    for (let n = 0; n < 10 * NOTICES_OF_A_RUN; n++) {
      observe(notice)
      observe(stage)
    }
    expect(told.filter(({ kind }) => kind === 'notice')).toHaveLength(NOTICES_OF_A_RUN)
    expect(told.filter(({ kind }) => kind === 'note')).toEqual([
      { kind: 'note', message: '750 notices of the server were shown; of this run no more are.' },
    ])
  })

  it('that can not be told break the run at the next event, not in the connection', () => {
    const observe = limitNotices(({ kind }) => {
      if (kind === 'notice') throw new Error('broken pipe')
    })
    expect(() => observe(notice)).not.toThrow()
    expect(() => observe(stage)).toThrow('broken pipe')
  })
})
