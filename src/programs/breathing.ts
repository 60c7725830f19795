import { setImmediate as whatHasCome } from 'node:timers/promises'

/** Goes through long work, and lets signals and the network have their turn at its pauses. */
export async function breathing<T>(work: Generator<unknown, T>): Promise<T> {
  let breathed = performance.now()
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
    if (performance.now() - breathed < AT_MOST_MS) continue
    await whatHasCome()
    breathed = performance.now()
  }
}

/** So long nobody notices. */
const AT_MOST_MS = 50
