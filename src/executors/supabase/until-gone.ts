import { setTimeout as sleep } from 'node:timers/promises'

/** Server processes of a push: `alive`: they still work for it · `unseen`: nobody can tell, through a pooler. */
export type Backends = 'gone' | 'alive' | 'unseen'

/** The server looks for its client each second. */
const GONE_WITHIN_MS = 15_000
const CANCELLED_WITHIN_MS = 2_000
/** Where nobody can look any more: time for the server to see it. */
const UNSEEN_WITHIN_MS = 3_000
const PAUSE_MS = 100

/** What was cut off may go on on the server until that sees that nobody listens. */
export async function untilGone(
  find: () => Promise<readonly number[] | undefined>,
  { pooled, signal }: { readonly pooled: boolean; readonly signal: AbortSignal },
): Promise<Backends> {
  if (pooled) return 'unseen'
  const started = Date.now()
  for (;;) {
    const backends = await find()
    if (backends?.length === 0) return 'gone'
    const waited = Date.now() - started
    if (backends === undefined && waited > UNSEEN_WITHIN_MS) return 'unseen'
    if (waited > (signal.aborted ? CANCELLED_WITHIN_MS : GONE_WITHIN_MS))
      return backends === undefined ? 'unseen' : 'alive'
    await sleep(PAUSE_MS)
  }
}
