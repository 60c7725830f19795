import type { Redact } from '../model/config.js'
import type { Session } from '../model/session.js'
import { UserError } from '../model/user-error.js'
import { lookQuery } from './look-query.js'
import type { Door } from './open-session.js'
import { type Look, parseLook } from './parse-look.js'
import { within } from './within.js'

/** The second connection, opened with the first look and kept. */
export interface Lookout extends AsyncDisposable {
  /** Undefined where nothing can be seen. Throws nothing but what `onRefused` throws. */
  look(backend: number): Promise<Look | undefined>
}

/** A server that restarts is looked at again afterwards; one that won't let us is left alone. */
const OPENED_AT_MOST = 3
const CLOSE_MS = 500

/** @param onRefused told in a sentence, at most once, that no connection is to be had; then none is tried again */
export function openLookout(
  door: Pick<Door, 'open'>,
  redact: Redact,
  onRefused: (reason: string) => void,
): Lookout {
  let opening: Promise<Session | undefined> | undefined
  let mayOpen = OPENED_AT_MOST
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
      const reply = await session?.send(lookQuery(backend))
      if (reply?.state === 'lost') opening = undefined
      return reply && parseLook(reply, redact)
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
