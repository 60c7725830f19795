import type { Redact } from '../model/config.js'
import type { Observe } from '../model/progress.js'
import type { Session } from '../model/session.js'
import { awaitAnswer } from './await-answer.js'
import type { Door } from './open-session.js'

/** Who is told of an answer that does not come, and what must not be told. */
export interface Watcher {
  readonly observe: Observe
  readonly redact: Redact
  /** There is no watch: what is said to be watched is seen after too. Default: false. */
  readonly isAlone?: boolean
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
      const sent = session.send(sql, options)
      if (options?.isWatched && !watcher.isAlone) return sent
      // What somebody else wrote may take as long as it likes.
      const isOurs = options?.keepRows !== false
      const { observe, redact } = watcher
      const asked = { session, ...works, closed: closing.signal, door, observe, redact }
      return awaitAnswer(sent, isOurs ? asked : { ...asked, unseenMs: Number.POSITIVE_INFINITY })
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
