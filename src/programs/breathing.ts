import { setImmediate as whatHasCome } from 'node:timers/promises'

/** Goes through long work, and lets signals and the network have their turn at its pauses. */
export type Breathing = <T>(work: Generator<unknown, T>) => Promise<T>

/** For works that follow one another: many short ones are as long as a long one. */
export function openBreathing(): Breathing {
  let breathed = performance.now()
  return async (work) => {
    for (;;) {
      const { done, value } = work.next()
      if (performance.now() - breathed >= AT_MOST_MS) {
        await whatHasCome()
        breathed = performance.now()
      }
      if (done) return value
    }
  }
}

/** So long nobody notices. */
const AT_MOST_MS = 50
