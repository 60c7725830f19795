import { describe, expect, it } from '@jest/globals'
import type { ProgressEvent } from '../../src/model/progress.js'
import { waitReviewWindow } from '../../src/terminal/wait-review-window.js'

type Shown = Extract<ProgressEvent, { kind: 'review-window' }>

const about = { names: ['01.sql'], environment: 'production', database: 'app' }

async function wait(ms: number, { abortAfter = Number.POSITIVE_INFINITY, tickMs = 20, lineMs = 60 } = {}) {
  const shown: Shown[] = []
  const controller = new AbortController()
  const observe = (event: ProgressEvent) => {
    if (event.kind === 'review-window') shown.push(event)
    if (shown.length >= abortAfter) controller.abort('SIGINT')
  }
  if (abortAfter === 0) controller.abort('SIGINT')
  const begun = performance.now()
  const result = await waitReviewWindow(ms, { observe, signal: controller.signal, about, tickMs, lineMs })
  return { result, shown, tookMs: performance.now() - begun }
}

/** As `wait`, until one was long enough for what is looked at: a machine that stalls may leave time for the first look only. */
async function waitUnstalled(ms: number, looked: (shown: readonly Shown[]) => void, ticks = {}) {
  for (let tries = 0; tries < 10; tries++) {
    const { shown } = await wait(ms, ticks)
    looked(shown)
    if (shown.length > 5) return
  }
  throw new Error('it told of five ticks at most, each of ten times')
}

describe('the wait before anything is applied', () => {
  it('is never shorter than it is said to be', async () => {
    for (const ms of [1, 15, 50, 101]) {
      const { result, tookMs } = await wait(ms)
      expect(result).toBe('over')
      expect(tookMs).toBeGreaterThanOrEqual(ms)
    }
  })

  it('tells at once and then at whole ticks of what is left, each of them once at most', async () => {
    await waitUnstalled(450, (shown) => {
      const left = shown.map(({ leftMs }) => leftMs)
      expect(left[0]).toBe(450)
      expect(left).toEqual([...new Set(left)].toSorted((a, b) => b - a))
      for (const ms of left.slice(1)) expect(ms % 20).toBe(0)
      expect(shown.map(({ isFirst }) => isFirst)).toEqual(left.map((_, index) => index === 0))
      for (const event of shown) expect(event).toMatchObject({ about, totalMs: 450 })
    })
  })

  it('tells rarely what is worth a line of a log, late timers or not', async () => {
    const looked = (shown: readonly Shown[]) => {
      const lines = shown.filter(({ worthALine }) => worthALine).map(({ leftMs }) => Math.ceil(leftMs / 150))
      expect(lines[0]).toBe(3)
      expect(lines).toEqual([...new Set(lines)].toSorted((a, b) => b - a))
    }
    // Three lines, so five ticks are more than there are lines of.
    await waitUnstalled(450, looked, { tickMs: 10, lineMs: 150 })
  })

  it('ends at once when the run is asked to end, and tells nothing more', async () => {
    const { result, shown, tookMs } = await wait(60_000, { abortAfter: 3 })
    expect(result).toBe('aborted')
    expect(shown).toHaveLength(3)
    expect(tookMs).toBeLessThan(30_000)
  })

  it('does not begin where the run was asked to end before', async () => {
    expect(await wait(60_000, { abortAfter: 0 })).toMatchObject({ result: 'aborted', shown: [] })
  })

  it('is nothing where there is none', async () => {
    expect(await wait(0)).toMatchObject({ result: 'over', shown: [] })
  })
})
