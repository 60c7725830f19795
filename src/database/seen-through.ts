import type { Redact } from '../model/config.js'
import type { Observe } from '../model/progress.js'
import type { SendOptions, Session } from '../model/session.js'
import { awaitAnswer } from './await-answer.js'
import type { Door } from './open-session.js'

/** Who is told of an answer that does not come, and what must not be told. */
export interface Watcher {
  readonly observe: Observe
  readonly redact: Redact
  /** There is no watch: what is said to be watched is seen after too. Default: false. */
  readonly isAlone?: boolean
  /** How long the answer may take, or the time from one mark to the next, whatever is sent. Default: without limit. */
  readonly longestMs?: number
}

/** The same door, but what is sent through it is seen after where its answer does not come, unless a watch does that. */
export function seenThrough(door: Door, watcher: Watcher): Door {
  return {
    ...door,
    open: async (onNotice) => seenAfter(await door.open(onNotice), door, watcher),
  }
}

function seenAfter(session: Session, door: Door, watcher: Watcher): Session {
  const closing = new AbortController()
  let works = { backend: session.processId, isOwn: false }
  return {
    ...session,
    send: (sql, options) => {
      let heard = Date.now()
      const onHeard = () => {
        heard = Date.now()
      }
      const sent = session.send(sql, options && hearing(options, onHeard))
      if (options?.isWatched && !watcher.isAlone) return sent
      // What somebody else wrote may take as long as it likes, where nobody says how long it may.
      const isBounded = options?.keepRows !== false || watcher.longestMs !== undefined
      const { observe, redact, longestMs = Number.POSITIVE_INFINITY } = watcher
      const heardAt = () => heard
      const asked = { session, ...works, closed: closing.signal, door, observe, redact, longestMs, heardAt }
      return awaitAnswer(sent, isBounded ? asked : { ...asked, unseenMs: Number.POSITIVE_INFINITY })
    },
    keeps: (backend) => {
      works = { backend, isOwn: true }
    },
    [Symbol.asyncDispose]: () => {
      closing.abort()
      return session[Symbol.asyncDispose]()
    },
  }
}

function hearing(options: SendOptions, onHeard: () => void): SendOptions {
  const { onMark } = options
  if (!onMark) return options
  return {
    ...options,
    onMark: (mark) => {
      onHeard()
      onMark(mark)
    },
  }
}
