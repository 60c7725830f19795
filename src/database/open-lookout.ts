import type { Redact } from '../model/config.js'
import type { Session } from '../model/session.js'
import { UserError } from '../model/user-error.js'
import { lookQuery } from './look-query.js'
import type { Door } from './open-session.js'
import { parseLook, type Shown } from './parse-look.js'
import { within } from './within.js'

/** The second connection, opened with the first look and kept. */
export interface Lookout extends AsyncDisposable {
  /** Undefined where nothing can be seen. Throws nothing but what `onRefused` throws. */
  look(backend: number): Promise<Seen | undefined>
}

/** `gone`: it was there, and the same server has it no more. */
export type Seen = Shown | 'gone'

/** A server that restarts is looked at again afterwards; one that won't let us is left alone. */
const OPENED_AT_MOST = 3
const CLOSE_MS = 500
/** The server itself gives up a look sooner. */
const LOOK_MS = 10_000

/** @param onRefused told in a sentence, at most once, that no connection is to be had; then none is tried again */
export function openLookout(
  door: Pick<Door, 'open'>,
  redact: Redact,
  onRefused: (reason: string) => void,
): Lookout {
  let opening: Promise<Session | undefined> | undefined
  let mayOpen = OPENED_AT_MOST
  let home: string | undefined
  const open = async () => {
    mayOpen--
    try {
      return await door.open(() => {})
    } catch (error) {
      const closed = mayOpen < 0
      mayOpen = 0
      if (!closed) onRefused(reasonOf(error))
      return undefined
    }
  }
  return {
    look: async (backend) => {
      if (!opening && mayOpen <= 0) return undefined
      opening ??= open()
      const session = await opening
      const late = setTimeout(() => session?.giveUp('it does not answer'), LOOK_MS)
      const reply = await session?.send(lookQuery(backend))
      clearTimeout(late)
      if (reply?.state === 'lost') opening = undefined
      const look = reply && parseLook(reply, redact)
      if (look === undefined) return undefined
      const { isThere, server, ...shown } = look
      if (isThere) home = server
      // A process of that number may never have been on a server that the second connection led to alone.
      return !isThere && server === home ? 'gone' : shown
    },
    [Symbol.asyncDispose]: async () => {
      mayOpen = -1
      // One that is still being opened is closed once it is there, and nobody waits for that.
      const gone = opening?.then((session) => session?.[Symbol.asyncDispose]()).catch(() => {})
      opening = undefined
      if (gone) await within(CLOSE_MS, gone)
    },
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof UserError) return error.problems.map(({ message }) => message).join(' ')
  return 'a second connection could not be opened.'
}
