import { describe, expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../../src/model/progress.js'
import { EACH_UP_TO, limitLines } from '../../../src/programs/telling/limit-lines.js'
import { limitNotices } from '../../../src/programs/telling/limit-notices.js'
import { renderProgress } from '../../../src/render/progress.js'
import { anOutcome, aRehearsed } from '../../support/builders.js'

/** The lines of a log that a run of so many migrations makes; `during` is what happens while the one of an index is applied. */
function logOf(count: number, during: Readonly<Record<number, ProgressEvent>> = {}): string[] {
  const passed: ProgressEvent[] = []
  const observe = limitLines((event) => passed.push(event))
  for (let index = 1; index <= count; index++)
    observe({ kind: 'rehearsed', rehearsed: aRehearsed(), index, count })
  for (let index = 1; index <= count; index++) {
    observe({ kind: 'applying', name: `${index}.sql`, index, count })
    const event = during[index]
    if (event) observe(event)
    observe({ kind: 'applied', outcome: anOutcome({ name: `${index}.sql` }), index, count })
  }
  expect(passed.length).toBeGreaterThanOrEqual(3 * count)
  return passed.flatMap((event) => renderProgress(event, { color: false }) ?? [])
}

describe('the log of many migrations', () => {
  it('tells of each, up to a number', () => {
    expect(logOf(EACH_UP_TO)).toHaveLength(3 * EACH_UP_TO)
  })

  it('tells of some of ten thousand, says so, and ends with the last', () => {
    const lines = logOf(10_000)
    expect(lines.length).toBeLessThan(320)
    expect(lines[1]).toBe('Of 10000 migrations the log names one in 100, and each that goes wrong.')
    expect(lines.at(-1)).toBe('[10000/10000] 10000.sql applied in 12 ms')
  })

  it('tells of each that goes wrong', () => {
    const failed = anOutcome({ name: '777.sql', state: 'failed' })
    const lines = logOf(1_000, { 777: { kind: 'applied', outcome: failed, index: 777, count: 1_000 } })
    expect(lines).toContain('[ 777/1000] 777.sql failed in 12 ms')
  })

  it('says every ten seconds that it waits for another run', () => {
    const passed: ProgressEvent[] = []
    const observe = limitLines((event) => passed.push(event))
    for (let waitedMs = 0; waitedMs <= 3_600_000; waitedMs += 900)
      observe({ kind: 'waiting-for-lock', holder: 'process 1', waitedMs, limitMs: 3_600_000 })
    const lines = passed.flatMap((event) => renderProgress(event, { color: false }) ?? [])
    expect(lines[0]).toContain('Another run holds the lock')
    expect(lines.length).toBeGreaterThan(330)
    expect(lines.length).toBeLessThanOrEqual(361)
  })

  it('holds at most 2,000 lines where each has as many notices as are shown', () => {
    for (const [count, notices] of [
      [EACH_UP_TO, 300],
      [EACH_UP_TO + 1, 300],
      [1_500, 1],
    ] as const) {
      const lines: string[] = []
      const show = (event: ProgressEvent) =>
        lines.push(...[renderProgress(event, { color: false }) ?? []].flat())
      const observe = limitNotices(limitLines(show))
      for (let index = 1; index <= count; index++)
        observe({ kind: 'rehearsed', rehearsed: aRehearsed(), index, count })
      for (let index = 1; index <= count; index++) {
        observe({ kind: 'applying', name: `${index}.sql`, index, count })
        for (let n = 0; n < notices; n++) observe({ kind: 'notice', severity: 'NOTICE', message: 'x' })
        observe({ kind: 'applied', outcome: anOutcome({ name: `${index}.sql` }), index, count })
      }
      expect(lines.length).toBeGreaterThan(900)
      expect(lines.length).toBeLessThan(1_950)
    }
  })

  it.each<[string, ProgressEvent]>([
    ['takes long', { kind: 'watching', elapsedMs: 10_000, blockedBy: [], blocking: [], worthALine: true }],
    ['the server tells of', { kind: 'notice', severity: 'NOTICE', message: 'x' }],
  ])('names one that %s before it says what', (_, event) => {
    const lines = logOf(1_000, { 777: event })
    expect(lines[lines.indexOf('[ 777/1000] 777.sql …') + 1]).toMatch(/running for 10\.0 s|NOTICE: x/)
  })
})

describe('the log of a migration that is sent again', () => {
  const applying = (index: number, count = 4): ProgressEvent => {
    return { kind: 'applying', name: `${index}.sql`, index, count }
  }
  const look: ProgressEvent = { kind: 'watching', elapsedMs: 1, blockedBy: [], blocking: [] }

  function linesOf(...events: readonly ProgressEvent[]): string[] {
    const passed: ProgressEvent[] = []
    const observe = limitLines((event) => passed.push(event))
    for (const event of events) observe(event)
    expect(passed.filter(({ kind }) => kind === 'applying').length).toBeGreaterThanOrEqual(2)
    return passed.flatMap((event) => renderProgress(event, { color: false }) ?? [])
  }

  it('names it once, where nothing was told of it before', () => {
    const lines = linesOf(applying(1), applying(1), look, applying(1), applying(2), applying(1))
    expect(lines).toEqual(['[1/4] 1.sql …', '[2/4] 2.sql …', '[1/4] 1.sql …'])
  })

  it('names it again after what was told of it', () => {
    for (const between of [
      { kind: 'note', message: 'x' } as const,
      { ...look, worthALine: true } as const,
      { kind: 'waiting-for-lock', holder: 'x', waitedMs: 0, limitMs: 1 } as const,
    ])
      expect(linesOf(applying(1), between, applying(1))).toHaveLength(3)
  })

  it('names it where that was not worth a line and then something is told of it', () => {
    const lines = linesOf(applying(7, 1_000), applying(7, 1_000), { ...look, worthALine: true })
    expect(lines.slice(1)).toEqual(['[   7/1000] 7.sql …', expect.stringContaining('running for')])
  })
})

describe('the log of a rehearsal', () => {
  it('names the migration that the server tells something of, before it and once', () => {
    const passed: ProgressEvent[] = []
    const observe = limitLines((event) => passed.push(event))
    const notice = { kind: 'notice', severity: 'NOTICE', message: 'x' } as const
    for (const [index, name] of ['1.sql', '2.sql', '3.sql'].entries()) {
      observe({ kind: 'rehearsing', name, index: index + 1, count: 3 })
      if (name !== '1.sql') for (const said of ['x', 'y']) observe({ ...notice, message: said })
    }
    observe({ kind: 'rehearsed', rehearsed: aRehearsed(), index: 3, count: 3 })
    observe(notice)
    const lines = passed.flatMap((event) => renderProgress(event, { color: false }) ?? [])
    expect(lines).toEqual([
      '[2/3] 2.sql …',
      '  NOTICE: x',
      '  NOTICE: y',
      '[3/3] 3.sql …',
      '  NOTICE: x',
      '  NOTICE: y',
      expect.stringMatching(/^\[3\/3\] .* rehearsed in /),
      '  NOTICE: x',
    ])
  })
})
