import type { Redact } from '../model/config.js'
import { ConnectionError } from '../model/connection-error.js'
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
   * @param home of the message that is looked at, and of no other: kept from one look to the next
   * @param isOwn the server itself said that number. Default: true. Else a pooler may have made it up
   */
  look(backend: number, home: Home, isOwn?: boolean): Promise<Seen | undefined>
  /** Closes the connection; the next look opens another. */
  rest(): Promise<void>
}

/**
 * On which server the process was seen. The one that has its number after a restart is another: in a container, say, numbers
 * begin anew.
 */
export interface Home {
  server?: string
  isStandby?: boolean
}

/** `gone`: the server that it was on has it no more, whether or not it was seen before. `idle`: it waits for us. */
export type Seen = Shown | 'gone' | 'idle'

/** A server that restarts is looked at again afterwards; one that won't let us is left alone. */
const OPENED_AT_MOST = 3
/** Between two tries where none is to be had just now; twice as long each time. */
const AGAIN_MS = { first: 1_000, longest: 10_000 }
const CLOSE_MS = 500
/** The server itself gives up a look sooner. */
const LOOK_MS = 10_000

/**
 * @param onRefused told in a sentence that no connection is to be had, or none that lasts; then none is tried again. Or that
 *   none is to be had just now, which is told once, and is tried again later. A server that starts is only waited for
 */
export function openLookout(door: Pick<Door, 'open'>, redact: Redact, onRefused: OnRefused): Lookout {
  let held: Held | undefined
  let mayOpen = OPENED_AT_MOST
  const tries = spaced()
  const open = (): Held => {
    mayOpen--
    const opened: Held = { session: door.open(() => {}).catch((error: unknown) => refused(opened, error)) }
    return opened
  }
  const refused = (opened: Held, error: unknown) => {
    // Nobody waits any more for what was given up.
    if (held !== opened) return undefined
    held = undefined
    const { passes, isNews } = tries.refused(error)
    // It was not lost: it was never there.
    mayOpen = passes ? mayOpen + 1 : 0
    if (isNews) onRefused(reasonOf(error), passes)
    return undefined
  }
  const lost = ({ error }: Reply) => {
    held = undefined
    if (mayOpen <= 0) onRefused(lostTooOften(error?.message ?? 'without a reason'), false)
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
    look: async (backend, home, isOwn = true) => {
      if (!held && (mayOpen <= 0 || tries.isTooSoon())) return undefined
      held ??= open()
      const own = held
      const session = await own.session
      if (session) tries.came()
      const reply = session && (await ask(session, backend))
      if (reply?.state === 'lost' && held === own) lost(reply)
      const look = reply && parseLook(reply, redact)
      const isReal = isOwn || look?.looker === session?.processId
      if (look === undefined || !isReal) return undefined
      const seen = seenOf(look, home)
      // An address may lead to several servers: it is asked anew each time, until the process is seen.
      if (seen === undefined || home.server === undefined) await rest()
      return seen
    },
    rest,
    [Symbol.asyncDispose]: async () => {
      const closed = rest()
      mayOpen = 0
      await closed
    },
  }
}

type OnRefused = (reason: string, isForNow: boolean) => void

interface Held {
  /** Undefined where it was refused. */
  readonly session: Promise<Session | undefined>
}

/** Tries to connect that are not made one right after the other, and what of their failures is worth telling. */
function spaced() {
  let isTold = false
  let pauseMs = AGAIN_MS.first
  let notBefore = 0
  return {
    isTooSoon: () => Date.now() < notBefore,
    came: () => {
      pauseMs = AGAIN_MS.first
    },
    refused: (error: unknown) => {
      const trouble = error instanceof ConnectionError ? error.trouble : 'final'
      const passes = trouble === 'starting' || trouble === 'away' || trouble === 'cut'
      notBefore = Date.now() + pauseMs
      pauseMs = Math.min(2 * pauseMs, AGAIN_MS.longest)
      const isNews = !passes || (trouble !== 'starting' && !isTold)
      isTold ||= passes && isNews
      return { passes, isNews }
    },
  }
}

async function ask(session: Session, backend: number): Promise<Reply> {
  const late = setTimeout(() => session.giveUp('it does not answer'), LOOK_MS)
  const reply = await session.send(lookQuery(backend))
  clearTimeout(late)
  return reply
}

function seenOf(look: Look, home: Home): Seen | undefined {
  const { isThere, isIdle, isStandby, looker: _, server, ...shown } = look
  // A standby that was asked first may have a stranger of that number; of servers that are written to there is one.
  if (isThere && (home.server === undefined || (home.isStandby && !isStandby)))
    Object.assign(home, { server, isStandby })
  if (isThere && server === home.server) return isIdle ? 'idle' : shown
  // One of several standbys may never have had it.
  return server === home.server || !isStandby ? 'gone' : undefined
}

function lostTooOften(why: string): string {
  return `the second connection was lost ${OPENED_AT_MOST} times (${why}).`
}

function reasonOf(error: unknown): string {
  if (error instanceof UserError) return error.problems.map(({ message }) => message).join(' ')
  return 'a second connection could not be opened.'
}
