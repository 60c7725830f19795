import { setTimeout as sleep } from 'node:timers/promises'
import { parseRecords, recordsQuery } from '../../database/read-history.js'
import { ConnectionError } from '../../model/connection-error.js'
import type { AppliedRecord } from '../../model/history.js'
import type { Reply, Session } from '../../model/session.js'
import type { Target } from '../../model/target.js'
import { UserError } from '../../model/user-error.js'
import type { Early } from '../connecting/early-session.js'
import { inTime } from '../connecting/in-time.js'
import { RECONNECT_WITHIN_MS } from '../connecting/reconnect-within.js'
import type { Way } from '../way.js'

const PAUSE_MS = 300
/** A server that refuses to let us in so often, one time after another, will not let us in within a minute. */
const REFUSALS = 3
/** The server itself waits half as long for a table that somebody holds. */
const ANSWER_WITHIN_MS = 20_000

/**
 * Reads history on a fresh connection. What falls silent is not waited for: all was committed by then, and what can not be
 * read is told so.
 *
 * @param isAll what was asked before the last message was answered counts where it holds all of it already
 * @param over aborted when there is no time left
 * @returns why history can not be read, where it can not: nothing is known then
 */
export async function readAgain(
  run: Way,
  early: Promise<Early | undefined> | undefined,
  isAll: (records: readonly AppliedRecord[]) => boolean,
  over: AbortSignal,
): Promise<AppliedRecord[] | Unread> {
  const { system, config } = run
  const ms = system.answerWithinMs ?? ANSWER_WITHIN_MS
  const first = early && (await readEarly(early, isAll, (done) => inTime(ms, over, done)))
  if (Array.isArray(first)) return first
  const until = Date.now() + (system.reconnectWithinMs ?? RECONNECT_WITHIN_MS)
  let refusals = 0
  for (let open = first, attempt = 1; ; open = undefined, attempt++) {
    const read = await readOnce(run, open, (done) => inTime(ms, over, done))
    if (Array.isArray(read)) return read
    refusals = read.passes ? 0 : refusals + 1
    const unread = { why: config.redact(read.why).replace(/\.$/, '') }
    if (read.isLast || refusals === REFUSALS) return unread
    if (attempt === 1) system.observe({ kind: 'note', message: `${WAITS} ${unread.why}.` })
    await sleep(PAUSE_MS, undefined, { signal: over }).catch(() => {})
    if (Date.now() >= until || over.aborted) return unread
  }
}

const WAITS = 'History is to be read again on a fresh connection, which is tried for a while:'

/** What kept history from being read, the last time that it was tried. */
export interface Unread {
  readonly why: string
}

interface Tried extends Unread {
  /** It may be another the next time. */
  readonly passes: boolean
  /** There is no use in asking again. */
  readonly isLast?: true
}

type InTime = <T>(done: Promise<T>) => Promise<T | undefined>

/** @returns the records, or the session where it is of use yet */
async function readEarly(
  early: Promise<Early | undefined>,
  isAll: (records: readonly AppliedRecord[]) => boolean,
  soon: InTime,
): Promise<AppliedRecord[] | Session | undefined> {
  const { session, answer } = (await soon(early)) ?? {}
  // One that comes too late would have the only connection of a small pool.
  if (!session) void early.then((late) => late?.session[Symbol.asyncDispose]())
  if (!answer) return session
  const reply = await soon(answer)
  const records = reply && parseReply(reply)
  if (reply && reply.state !== 'lost' && !(Array.isArray(records) && isAll(records))) return session
  void session?.[Symbol.asyncDispose]()
  return Array.isArray(records) ? records : undefined
}

async function readOnce(
  { door, gathered }: Way,
  open: Session | undefined,
  soon: InTime,
): Promise<AppliedRecord[] | Tried> {
  const { tracking } = gathered.target as Target
  const opening = open ? Promise.resolve(open) : door.open(() => {})
  try {
    const reply = await soon(opening.then((session) => session.send(recordsQuery(tracking))))
    return reply ? parseReply(reply) : { why: SILENT, passes: true }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { why: error.message, passes: !(error instanceof ConnectionError) || error.trouble !== 'refused' }
  } finally {
    // Also what was opened too late.
    void opening.then((session) => session[Symbol.asyncDispose]()).catch(() => {})
  }
}

const SILENT = 'it did not answer in time'

function parseReply(reply: Reply): AppliedRecord[] | Tried {
  const why = reply.error?.message ?? ''
  // Somebody held the table: it may pass, as a lost connection does.
  if (reply.state === 'lost' || reply.error?.code === '55P03') return { why, passes: true }
  // The first run of all may not have come so far as to make the tables.
  if (reply.error?.code === '42P01' || reply.error?.code === '3F000') return []
  return reply.error ? { why, passes: true, isLast: true } : parseRecords(reply)
}
