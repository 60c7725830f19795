import type { Redact } from '../model/config.js'
import type { Reply, Session } from '../model/session.js'
import { UserError } from '../model/user-error.js'
import { lookQuery } from './look-query.js'
import type { Door } from './open-session.js'
import { type Look, parseLook, type Shown } from './parse-look.js'
import { within } from './within.js'

/** The second connection, opened with the first look and kept. */
export interface Lookout extends AsyncDisposable {
  /**
   * Undefined where nothing can be seen. Throws nothing but what `onRefused` throws.
   *
   * @param isOwn the server itself said that number. Default: true. Else a pooler may have made it up
   */
  look(backend: number, isOwn?: boolean): Promise<Seen | undefined>
  /** Closes the connection; the next look opens another. */
  rest(): Promise<void>
}

/** `gone`: the server that it was on has it no more, whether or not it was seen before. `idle`: it waits for us. */
export type Seen = Shown | 'gone' | 'idle'

/** A server that restarts is looked at again afterwards; one that won't let us is left alone. */
const OPENED_AT_MOST = 3
const CLOSE_MS = 500
/** The server itself gives up a look sooner. */
const LOOK_MS = 10_000

/** @param onRefused told in a sentence, at most once, that no connection is to be had, or none that lasts; then none is tried again */
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
  const lost = ({ error }: Reply) => {
    held = undefined
    if (mayOpen <= 0) onRefused(lostTooOften(error?.message ?? 'without a reason'))
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
    look: async (backend, isOwn = true) => {
      if (!held && mayOpen <= 0) return undefined
      held ??= open()
      const own = held
      const session = await own.session
      const reply = session && (await ask(session, backend))
      if (reply?.state === 'lost' && held === own) lost(reply)
      const look = reply && parseLook(reply, redact)
      const isReal = isOwn || look?.looker === session?.processId
      if (look === undefined || !isReal) return undefined
      if (look.isThere) home = look.server
      // An address may lead to several servers: it is asked anew each time, until the process was seen.
      if (home === undefined) await rest()
      return seenOf(look, home)
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

async function ask(session: Session, backend: number): Promise<Reply> {
  const late = setTimeout(() => session.giveUp('it does not answer'), LOOK_MS)
  const reply = await session.send(lookQuery(backend))
  clearTimeout(late)
  return reply
}

function seenOf(look: Look, home: string | undefined): Seen | undefined {
  const { isThere, isIdle, isStandby, looker: _, server, ...shown } = look
  if (isThere) return isIdle ? 'idle' : shown
  // One of several standbys may never have had it; of servers that are written to there is one.
  return server === home || !isStandby ? 'gone' : undefined
}

function lostTooOften(why: string): string {
  return `the second connection was lost ${OPENED_AT_MOST} times (${why}).`
}

function reasonOf(error: unknown): string {
  if (error instanceof UserError) return error.problems.map(({ message }) => message).join(' ')
  return 'a second connection could not be opened.'
}
