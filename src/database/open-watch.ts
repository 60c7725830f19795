import type { Redact } from '../model/config.js'
import type { Observe } from '../model/progress.js'
import type { Reply } from '../model/session.js'
import type { StepDone, Watch, Watched } from '../model/watch.js'
import { openLookout } from './open-lookout.js'
import type { Door } from './open-session.js'
import type { Look } from './parse-look.js'
import { within } from './within.js'

/**
 * Looks at long messages from a second connection. Nothing that goes wrong with it reaches the message: a connection
 * that can't be had is told once as a note, one that is lost is not.
 */
export function openWatch(door: Pick<Door, 'open'>, observe: Observe, redact: Redact): Watch {
  const lookout = openLookout(door, redact, (reason) =>
    observe({ kind: 'note', message: `Long statements are not watched: ${reason}` }),
  )
  return {
    during: (backend, lockMs, send) =>
      watchMessage({
        send,
        pauseMs: pauseFor(lockMs),
        look: () => lookout.look(backend),
        tell: (elapsedMs, look) => observe({ kind: 'watching', elapsedMs, ...look }),
      }),
    [Symbol.asyncDispose]: () => lookout[Symbol.asyncDispose](),
  }
}

const SECOND_MS = 1_000
const SHORTEST_PAUSE_MS = 50

/** A wait for a lock can begin at any time of the message, and must be seen before it runs out. */
function pauseFor(lockMs: number): number {
  return lockMs > 0 ? Math.max(SHORTEST_PAUSE_MS, Math.min(SECOND_MS, lockMs / 2)) : SECOND_MS
}

interface Watching {
  readonly send: (stepDone: StepDone) => Promise<Reply>
  readonly pauseMs: number
  readonly look: () => Promise<Look | undefined>
  readonly tell: (elapsedMs: number, look: Look) => void
}

async function watchMessage({ send, pauseMs, look, tell }: Watching): Promise<Watched> {
  let started = Date.now()
  let over = false
  let waiting = true
  let blockers: Watched['blockers'] = []
  let looking: Promise<void> | undefined
  const lookOnce = async () => {
    const seen = await look()
    if (seen && seen.blockedBy.length > 0) blockers = seen.blockedBy
    if (over) return
    timer = setTimeout(begin, pauseMs)
    waiting = true
    if (seen) tell(Date.now() - started, seen)
  }
  const begin = () => {
    waiting = false
    // Whoever is told may fail, and must not fail the message.
    looking = lookOnce().catch(() => {})
  }
  let timer = setTimeout(begin, pauseMs)
  const stepDone = (isLast = false) => {
    started = Date.now()
    blockers = []
    over ||= isLast
    if (over) clearTimeout(timer)
    else if (waiting) timer.refresh()
  }
  try {
    const reply = await send(stepDone)
    over = true
    // The transaction is rolled back by now, and who was in its way may be on the wire.
    if (looking && blockers.length === 0 && isAboutLocks(reply)) await within(GRACE_MS, looking)
    return { reply, blockers }
  } finally {
    over = true
    clearTimeout(timer)
  }
}

const GRACE_MS = 200

function isAboutLocks({ error }: Reply): boolean {
  return error?.code === '55P03' || error?.code === '40P01'
}
