import { aClient } from '../support/postgres/a-client.js'
import type { TestDatabase } from '../support/postgres/a-database.js'

/** Somebody whom the run should not keep waiting. */
export interface Stranger {
  /** Ends it. How long it waited, in milliseconds. */
  stop(): Promise<Waits>
}

export interface Waits {
  /** Where it had to wait at all: the middle one of its waits, and the longest. */
  readonly usual: number
  readonly longest: number
  /** How long the longest query of another one took that waits for nobody: so long the machine holds up everybody. */
  readonly stall: number
}

/**
 * Asks again and again, and so does another one that waits for nobody: what that has to wait is the machine's doing.
 *
 * @param leastMs what takes less long is not taken for a wait
 */
export function aStranger({ url }: TestDatabase, sql: string, leastMs: number): Stranger {
  let isOver = false
  const timesOf = async (asked: string) => {
    await using client = await aClient(url)
    const times: number[] = []
    while (!isOver) {
      const started = performance.now()
      await client.query(asked)
      times.push(performance.now() - started)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    return times
  }
  const asking = Promise.all([timesOf(sql), timesOf('select 1')])
  return {
    async stop() {
      isOver = true
      const [times, others] = await asking
      const waits = times.filter((ms) => ms > leastMs).sort((a, b) => a - b)
      const [usual = 0, longest = 0] = [waits[Math.floor((waits.length - 1) / 2)], waits.at(-1)]
      const [rounded, stall] = [Math.round(longest), Math.round(Math.max(...others))]
      return { usual: Math.round(usual), longest: rounded, stall }
    },
  }
}
