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
  /** Closes the connection; the next look opens another. */
  rest(): Promise<void>
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
  let held: Held | undefined
  let mayOpen = OPENED_AT_MOST
  let home: string | undefined
  const open = (): Held => {
    mayOpen--
    const opened: Held = { session: door.open(() => {}).catch((error: unknown) => refused(opened, error)) }
    return opened
  }
  const refused = (opened: Held, error: unknown) => {
    // Nobody waits any more for what was given up.
    if (held !== opened) return undefined
    held = undefined
    mayOpen = 0
    onRefused(reasonOf(error))
    return undefined
  }
  const rest = async () => {
    const left = held
    held = undefined
    if (left === undefined) return
    // It was not lost.
    mayOpen++
    // One that is still being opened is closed once it is there, and nobody waits for that.
    const gone = left.session.then((session) => session?.[Symbol.asyncDispose]()).catch(() => {})
    await within(CLOSE_MS, gone)
  }
  return {
    look: async (backend) => {
      if (!held && mayOpen <= 0) return undefined
      held ??= open()
      const own = held
      const session = await own.session
      const late = setTimeout(() => session?.giveUp('it does not answer'), LOOK_MS)
      const reply = await session?.send(lookQuery(backend))
      clearTimeout(late)
      if (reply?.state === 'lost' && held === own) held = undefined
      const look = reply && parseLook(reply, redact)
      if (look === undefined) return undefined
      const { isThere, server, ...shown } = look
      if (isThere) home = server
      // A process of that number may never have been on a server that the second connection led to alone.
      return !isThere && server === home ? 'gone' : shown
    },
    rest,
    [Symbol.asyncDispose]: async () => {
      const closed = rest()
      mayOpen = 0
      await closed
    },
  }
}

interface Held {
  /** Undefined where it was refused. */
  readonly session: Promise<Session | undefined>
}

function reasonOf(error: unknown): string {
  if (error instanceof UserError) return error.problems.map(({ message }) => message).join(' ')
  return 'a second connection could not be opened.'
}
