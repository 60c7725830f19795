import type { Redact } from '../model/config.js'
import type { Observe } from '../model/progress.js'
import type { Reply } from '../model/session.js'
import type { StepDone, Watch, Watched } from '../model/watch.js'
import { type Home, openLookout, type Seen } from './open-lookout.js'
import type { Door } from './open-session.js'
import type { Shown } from './parse-look.js'
import { GONE, NOT_AT_WORK, ON_THE_WAY_MS, SILENT_MS } from './silence.js'
import { within } from './within.js'

/**
 * Looks at long messages from a second connection. Nothing that goes wrong with it reaches the message: a connection
 * that can't be had, or is lost again and again, is told once as a note. A message whose process is gone is given up: the
 * server has noticed that nobody answers any more on a connection that the system here would wait on for a quarter of
 * an hour.
 */
export function openWatch(door: Pick<Door, 'open'>, observe: Observe, redact: Redact): Watch {
  const lookout = openLookout(door, redact, (reason, isForNow) =>
    observe({
      kind: 'note',
      message: `Long statements are not watched${isForNow ? ' for now' : ''}: ${reason}`,
    }),
  )
  let atMostMs = SECOND_MS
  return {
    during: async (backend, lockMs, send, giveUp = () => {}) => {
      const pauseMs = Math.min(pauseFor(lockMs), atMostMs)
      const home: Home = {}
      const { tookMs, ...watched } = await watchMessage({
        send,
        giveUp,
        pauseMs,
        look: () => lookout.look(backend, home),
        tell: (elapsedMs, shown) => observe({ kind: 'watching', elapsedMs, ...shown }),
      })
      atMostMs = pauseAfter(watched, Math.min(pauseMs, tookMs), atMostMs)
      return watched
    },
    rest: () => lookout.rest(),
    [Symbol.asyncDispose]: () => lookout[Symbol.asyncDispose](),
  }
}

const SECOND_MS = 1_000
const SHORTEST_PAUSE_MS = 50

/** A wait for a lock can begin at any time of the message, and must be seen before it runs out. */
function pauseFor(lockMs: number): number {
  return lockMs > 0 ? Math.max(SHORTEST_PAUSE_MS, Math.min(SECOND_MS, lockMs / 2)) : SECOND_MS
}

/**
 * What sets a shorter `lock_timeout` than is known of, in a block or a function say, fails before it is looked at. It is
 * tried again; each time nobody was seen in its way it is looked at in half the time.
 */
function pauseAfter({ reply, blockers }: Watched, missedMs: number, before: number): number {
  if (!isAboutLocks(reply)) return SECOND_MS
  return blockers.length > 0 ? before : Math.max(SOONEST_MS, missedMs / 2)
}

const SOONEST_MS = 5

interface Watching {
  readonly send: (stepDone: StepDone) => Promise<Reply>
  readonly pauseMs: number
  readonly giveUp: (reason: string) => void
  readonly look: () => Promise<Seen | undefined>
  readonly tell: (elapsedMs: number, shown: Shown) => void
}

/** What came of a message, and how long its last step took. */
type SeenTo = Watched & { readonly tookMs: number }

async function watchMessage({ send, giveUp, pauseMs, look, tell }: Watching): Promise<SeenTo> {
  let started = Date.now()
  let isOver = false
  let answered = false
  let waiting = true
  let blockers: Watched['blockers'] = []
  let looking: Promise<void> | undefined
  let goneSince: number | undefined
  const lookOnce = async () => {
    const seen = await look()
    const shown = seen === 'gone' ? undefined : seen === 'idle' ? NOT_AT_WORK : seen
    if (shown && shown.blockedBy.length > 0) blockers = shown.blockedBy
    if (answered) return
    goneSince = seen === 'gone' ? (goneSince ?? Date.now()) : undefined
    if (goneSince !== undefined && Date.now() - goneSince >= ON_THE_WAY_MS) return giveUp(GONE)
    timer = setTimeout(begin, isOver ? SECOND_MS : Math.max(SHORTEST_PAUSE_MS, pauseMs))
    waiting = true
    const elapsedMs = Date.now() - started
    // How long it takes is told although nothing is to be seen of it.
    const told = shown ?? (seen === undefined && elapsedMs >= SECOND_MS ? NOTHING_SEEN : undefined)
    if (told && !isOver) tell(elapsedMs, told)
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
    if (isLast && !isOver) {
      isOver = true
      // What follows is ours and waits for nobody: its end is all that it is looked at for, if it does not come.
      clearTimeout(timer)
      if (waiting) timer = setTimeout(begin, SILENT_MS)
    } else if (waiting) timer.refresh()
  }
  try {
    const reply = await send(stepDone)
    answered = true
    const tookMs = Date.now() - started
    // The transaction is rolled back by now, and who was in its way may be on the wire.
    if (looking && blockers.length === 0 && isAboutLocks(reply)) await within(GRACE_MS, looking)
    return { reply, blockers, tookMs }
  } finally {
    answered = true
    clearTimeout(timer)
  }
}

const NOTHING_SEEN: Shown = { blockedBy: [], blocking: [] }
const GRACE_MS = 200

function isAboutLocks({ error }: Reply): boolean {
  return error?.code === '55P03' || error?.code === '40P01'
}
