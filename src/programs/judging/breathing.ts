import { setImmediate as whatHasCome } from 'node:timers/promises'
import type { Pause } from '../../model/pause.js'
import { Ended } from './ended.js'

/** Goes through long work, and lets signals and the network have their turn at its pauses. */
export interface Breathing {
  <T>(work: Generator<unknown, T>): Promise<T>
  /** For work that awaits something itself. */
  readonly pause: Pause
}

/**
 * For works that follow one another: many short ones are as long as a long one.
 *
 * @param signal that asks the run to end: at the next pause the work is left. @throws Ended
 */
export function openBreathing(signal?: AbortSignal): Breathing {
  let breathed = performance.now()
  const rest = async () => {
    await whatHasCome()
    breathed = performance.now()
    if (signal?.aborted) throw new Ended()
  }
  const pause = () => {
    if (signal?.aborted) throw new Ended()
    return performance.now() - breathed >= AT_MOST_MS ? rest() : undefined
  }
  const through = async <T>(work: Generator<unknown, T>): Promise<T> => {
    for (;;) {
      const { done, value } = work.next()
      const waiting = pause()
      if (waiting) await waiting
      if (done) return value
    }
  }
  return Object.assign(through, { pause })
}

/** So long nobody notices. */
const AT_MOST_MS = 50
