import { setTimeout as sleep } from 'node:timers/promises'
import type { RunningCli } from './run-cli.js'

/** When a CLI counts as hung. Milliseconds. */
export interface Patience {
  /** It said nothing for so long, while the server does nothing for it. */
  readonly silentMs: number
  readonly lookEveryMs: number
}

export const PATIENCE: Patience = { silentMs: 60_000, lookEveryMs: 5_000 }

/**
 * Waits for a CLI to end, and ends it where it hangs: on a name server, or a server that never answers.
 *
 * @param find the server processes that work for it; undefined where nobody can tell, and then it is waited for
 * @param heardAt when it said something last, in milliseconds since 1970
 * @returns whether it was ended because it hung
 */
export async function untilEnded(
  cli: RunningCli,
  find: () => Promise<readonly number[] | undefined>,
  heardAt: () => number,
  { silentMs, lookEveryMs }: Patience = PATIENCE,
): Promise<boolean> {
  for (;;) {
    const timer = new AbortController()
    const pause = sleep(lookEveryMs, false, { signal: timer.signal }).catch(() => false)
    const over = await Promise.race([cli.ended.then(() => true), pause])
    timer.abort()
    if (over) return false
    if (Date.now() - heardAt() < silentMs) continue
    const backends = await find()
    if (backends?.length !== 0) continue
    cli.kill()
    return true
  }
}
