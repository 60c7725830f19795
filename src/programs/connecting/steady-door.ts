import { setTimeout as sleep } from 'node:timers/promises'
import { openReader } from '../../database/open-reader.js'
import type { Door } from '../../database/open-session.js'
import { seenThrough, type Watcher } from '../../database/seen-through.js'
import { ConnectionError } from '../../model/connection-error.js'
import type { Reply, Session } from '../../model/session.js'
import { cancelledBy } from './cancelled-by.js'

/** A door that knows of cancellation and keeps count of what was lost. */
export interface SteadyDoor extends Door {
  /** Where it leads. Secret. */
  readonly url: string
  /** For what only looks: its connections are not counted, and not cancelled. */
  readonly plain: Door
  /** One that only reads: see `database/open-reader.ts`. */
  readonly openReader: Door['open']
  /** How many of its sessions were lost in the middle of a message. */
  readonly losses: () => number
  /** How many were opened. */
  readonly opened: () => number
}

/**
 * Connections of a run: one that breaks while it is being made is tried again a few times; when the run is asked to end,
 * the statement that a session runs is cancelled, and nobody waits for a connection any more. An answer that does not come
 * is seen after, unless a watch does that already.
 */
export function makeSteady(door: Door, url: string, signal: AbortSignal, watcher: Watcher): SteadyDoor {
  const seen = seenThrough(door, watcher)
  let losses = 0
  let opened = 0
  const count = (reply: Reply) => {
    if (reply.state === 'lost') losses++
    return reply
  }
  const openOne = (onNotice: OnNotice) => openSoon(() => seen.open(onNotice), signal)
  const steady = (session: Session) => {
    opened++
    return cancelledBy(signal, {
      ...session,
      send: async (sql, options) => count(await session.send(sql, options)),
    })
  }
  return {
    endpoint: door.endpoint,
    url,
    plain: door,
    losses: () => losses,
    opened: () => opened,
    open: async (onNotice) => steady(await openOne(onNotice)),
    openReader: async (onNotice) => steady(await openReader(() => openOne(onNotice))),
  }
}

type OnNotice = Parameters<Door['open']>[0]

const TRIES = 3
const PAUSE_MS = 200

async function openSoon(open: () => Promise<Session>, signal: AbortSignal): Promise<Session> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await unlessAborted(open(), signal)
    } catch (error) {
      const passes = error instanceof ConnectionError && ['cut', 'starting'].includes(error.trouble)
      const again = passes && attempt < TRIES
      if (!again || signal.aborted) throw error
      await sleep(PAUSE_MS * attempt)
    }
  }
}

/** What is opened after the run was asked to end is needed to end it well. */
async function unlessAborted(opening: Promise<Session>, signal: AbortSignal): Promise<Session> {
  if (signal.aborted) return opening
  let stop: (() => void) | undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new ConnectionError(CANCELLED, 'final'))
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([opening, aborted])
  } catch (error) {
    void opening.then((session) => session[Symbol.asyncDispose]()).catch(() => {})
    throw error
  } finally {
    if (stop) signal.removeEventListener('abort', stop)
  }
}

const CANCELLED = { message: 'The run was ended while it was connecting.', help: 'Run again.' }
