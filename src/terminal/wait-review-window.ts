import { setTimeout as pause } from 'node:timers/promises'
import type { Observe } from '../model/progress.js'
import type { ReviewWindow } from '../model/review-window.js'

interface Waiting {
  readonly observe: Observe
  /** Of the run: a signal to the process, which is what cancelling a workflow run is. */
  readonly signal: AbortSignal
  readonly about: ReviewWindow
  /** Between looks, which a terminal draws, and between lines of a log. Milliseconds. */
  readonly tickMs?: number
  readonly lineMs?: number
}

/**
 * Waits before anything is applied, so that somebody who watches can stop it, and tells how long is left: at whole ticks of
 * what is left, and at once. Never shorter than `ms`.
 *
 * @returns whether it was waited to the end; `aborted`: nothing may be applied
 */
export async function waitReviewWindow(
  ms: number,
  { observe, signal, about, tickMs = 1000, lineMs = 10_000 }: Waiting,
): Promise<'over' | 'aborted'> {
  const end = performance.now() + ms
  let shownMs = Number.POSITIVE_INFINITY
  let lines = Number.POSITIVE_INFINITY
  for (let leftMs = ms; leftMs > 0 && !signal.aborted; leftMs = end - performance.now()) {
    const ticks = Math.ceil(leftMs / tickMs)
    const roundMs = Math.min(ms, ticks * tickMs)
    // A timer may come a moment early.
    if (roundMs < shownMs) {
      const line = Math.ceil(roundMs / lineMs)
      const isFirst = shownMs === Number.POSITIVE_INFINITY
      observe({
        kind: 'review-window',
        about,
        leftMs: roundMs,
        totalMs: ms,
        isFirst,
        worthALine: line < lines,
      })
      shownMs = roundMs
      lines = line
    }
    await pause(leftMs - (ticks - 1) * tickMs, undefined, { signal }).catch(() => {})
  }
  return signal.aborted ? 'aborted' : 'over'
}
