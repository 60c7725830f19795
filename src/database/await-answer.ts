import { setTimeout as sleep } from 'node:timers/promises'
import type { Redact } from '../model/config.js'
import type { Observe } from '../model/progress.js'
import type { Reply, Session } from '../model/session.js'
import { type Home, type Lookout, openLookout, type Seen } from './open-lookout.js'
import type { Door } from './open-session.js'
import type { Shown } from './parse-look.js'
import { GONE, NOT_AT_WORK, ON_THE_WAY_MS, SILENT_MS } from './silence.js'

/** What was sent on a connection, and who can look at it from another. */
export interface Asked {
  readonly session: Pick<Session, 'giveUp'>
  /** The process that works on it. */
  readonly backend: number
  /** The server itself said that number. Else it is what the connection was told when it was opened. */
  readonly isOwn: boolean
  /** Aborted when the connection is closed: nobody waits for the answer any more. */
  readonly closed: AbortSignal
  /** For the second connection. */
  readonly door: Pick<Door, 'open'>
  readonly observe: Observe
  readonly redact: Redact
  /** How long nobody need be seen at work on it; a tenth of that where the process is seen to wait for us. Default: ten minutes. */
  readonly unseenMs?: number
  /** How long it may take after it was last heard of, whoever is seen at work on it. Default: without limit. */
  readonly longestMs?: number
  /** When it was last heard of, in milliseconds since 1970. Default: when it was sent. */
  readonly heardAt?: () => number
}

/**
 * Waits for the answer to a message of ours, which is no statement of a file. One that does not come within seconds is
 * looked for: what is waited for is told, a process that is gone is given up, and so is one that nobody sees at work for
 * long. Nothing is opened for an answer that comes sooner. What is given up has come about or has not, as after any loss.
 */
export async function awaitAnswer(sent: Promise<Reply>, asked: Asked): Promise<Reply> {
  const over = new AbortController()
  const looks = openLooks(asked)
  const end = () => {
    over.abort()
    return looks.close()
  }
  asked.closed.addEventListener('abort', end, { once: true })
  void follow(asked, looks, over.signal).catch(() => {})
  try {
    return await sent
  } finally {
    asked.closed.removeEventListener('abort', end)
    // A pool may have no other connection for what is opened next.
    await end()
  }
}

async function follow(
  { session, observe, unseenMs = UNSEEN_MS, longestMs = Number.POSITIVE_INFINITY, heardAt }: Asked,
  looks: Looks,
  over: AbortSignal,
): Promise<void> {
  const started = Date.now()
  const limit = () => Math.max(started, heardAt?.() ?? started) + longestMs
  let atWork = started
  let goneSince: number | undefined
  let idleSince: number | undefined
  for (let pauseMs = SILENT_MS; await passes(Math.min(pauseMs, longestMs), over); ) {
    const seen = await looks.look()
    if (over.aborted) return
    const now = Date.now()
    goneSince = seen === 'gone' ? (goneSince ?? now) : undefined
    if (goneSince !== undefined && now - goneSince >= ON_THE_WAY_MS) return session.giveUp(GONE)
    if (typeof seen === 'object') atWork = now
    idleSince = seen === 'idle' ? (idleSince ?? now) : undefined
    if (now - atWork >= unseenMs) return session.giveUp(UNSEEN)
    // What we wait for waits for us.
    if (idleSince !== undefined && now - idleSince >= unseenMs / 10) return session.giveUp(UNSEEN)
    pauseMs = seen === 'gone' ? GONE_PAUSE_MS : PAUSE_MS
    try {
      observe({ kind: 'watching', elapsedMs: now - started, ...tellOf(seen) })
    } catch {
      // Whoever is told may fail, and must not end this.
    }
    if (now >= limit()) return session.giveUp(tooLong(longestMs))
  }
}

/** Longer than a pool keeps anybody in its line; some ten minutes is what the system takes to find out by itself. */
const UNSEEN_MS = 600_000
const UNSEEN = 'no answer came for long, and nobody was seen at work on one'
const tooLong = (ms: number) => `no answer came within ${ms / 1_000} s`
const PAUSE_MS = 5_000
const GONE_PAUSE_MS = 1_000

async function passes(ms: number, over: AbortSignal): Promise<boolean> {
  await sleep(ms, undefined, { signal: over }).catch(() => {})
  return !over.aborted
}

function tellOf(seen: Seen | undefined): Shown {
  if (seen === 'idle') return NOT_AT_WORK
  if (seen === undefined || seen === 'gone') return { doing: UNANSWERED, blockedBy: [], blocking: [] }
  return { ...seen, doing: seen.doing ?? AT_WORK }
}

const UNANSWERED = 'waiting for an answer of the server, of which nothing is to be seen'
const AT_WORK = 'waiting for an answer of the server, which works on it'

interface Looks {
  look(): Promise<Seen | undefined>
  close(): Promise<void>
}

/** Opens nothing before the first look; where nothing could be seen, the next begins anew. */
function openLooks({ door, redact, backend, isOwn }: Asked): Looks {
  let lookout: Lookout | undefined
  const home: Home = {}
  const close = async () => {
    const left = lookout
    lookout = undefined
    await left?.[Symbol.asyncDispose]()
  }
  return {
    look: async () => {
      lookout ??= openLookout(door, redact, () => {})
      const seen = await lookout.look(backend, home, isOwn).catch(() => undefined)
      if (seen === undefined) await close()
      return seen
    },
    close,
  }
}
