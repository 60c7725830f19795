import { setTimeout as sleep } from 'node:timers/promises'
import { makeBookkeeping } from '../../database/make-bookkeeping.js'
import { withOneSpelling } from '../../database/one-spelling.js'
import { mirrored } from '../../database/supabase/mirrored.js'
import type { Line } from '../../executors/executor.js'
import type { Session } from '../../model/session.js'
import type { Target } from '../../model/target.js'
import { UserError } from '../../model/user-error.js'
import { writerOf } from '../recording/writer-of.js'
import { judgeTarget } from '../target/judge-target.js'
import { keepInStep } from '../target/keep-in-step.js'
import { type Known, readHistory } from '../target/read-history.js'
import type { Way } from '../way.js'
import { RECONNECT_WITHIN_MS } from './reconnect-within.js'

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 3_000
/** Who waits for no other run waits for what is left of its own: while its old backend lives, that has the lock. */
const LOCK_AGAIN_MS = 30_000

/**
 * Connects again, takes the lock and reads what is there now. Tries until the bound is reached: a server that restarts
 * or fails over needs its time. Another server than before is not taken for the one that was lost.
 *
 * @param onFailed told each time, in a sentence, why it did not come about
 */
export async function reconnect(
  run: Way,
  reason: string,
  onFailed: (why: string) => void = () => {},
): Promise<Line | undefined> {
  const { system, signal } = run
  const until = Date.now() + (system.reconnectWithinMs ?? RECONNECT_WITHIN_MS)
  for (let attempt = 1; !signal.aborted; attempt++) {
    system.observe({ kind: 'reconnecting', reason, attempt })
    const line = await openLine(run, until, onFailed)
    if (line !== 'again') return line
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS)
    if (Date.now() + pauseMs > until) return undefined
    await sleep(pauseMs, undefined, { signal }).catch(() => {})
  }
  return undefined
}

/** @returns undefined where trying again is of no use: the lock was not to be had, or this is another server or target */
async function openLine(
  run: Way,
  until: number,
  onFailed: (why: string) => void,
): Promise<Line | 'again' | undefined> {
  const { door, config, system, known } = run
  const losses = door.losses()
  const lockWaitMs = Math.max(config.lockWaitMs, Math.min(LOCK_AGAIN_MS, until - Date.now()))
  let session: Session | undefined
  try {
    // A pool may have but one connection, and what looks at the run waits for it too, or has it.
    await run.watch.rest()
    session = await door.open(run.onNotice)
    const read = await readHistory(
      session,
      door.plain,
      { ...config, lockWaitMs },
      { ...system, signal: run.signal },
    )
    const now = keepInStep(read, config, run.gathered.files ?? [])
    const verdict = judgeTarget(now.target, config)
    const refusal = now.refusal ?? (verdict.kind === 'refused' ? verdict.problem : undefined)
    const why = refusal ?? (isAnother(known.target, now.target) ? ANOTHER : undefined)
    if (!why && !now.cancelled) return lineOf(run, session, now)
    if (why) onFailed(why.message)
    await session[Symbol.asyncDispose]()
    // What it remembers can not be read while somebody holds the table.
    return now.target.identity && 'unreadable' in now.target.identity ? 'again' : undefined
  } catch (error) {
    await session?.[Symbol.asyncDispose]()
    if (error instanceof Error) onFailed(error.message)
    // Not there yet, cut again, or still a standby: all of it may pass. A bug of ours does not.
    if (error instanceof UserError || door.losses() > losses) return 'again'
    throw error
  }
}

const ANOTHER = { message: 'The address leads to another server than before.' }

/** The session and what was read on it, for an executor. */
export function lineOf(
  run: Pick<Way, 'config' | 'gathered' | 'books'>,
  session: Session,
  known: Known,
): Line {
  const { target, backend, records, schemaExists, step, life } = known
  const writer = writerOf(run)
  const { hash } = run.gathered.plan ?? {}
  const plan = hash === undefined ? undefined : ({ hash, action: run.books ? 'rollback' : 'apply' } as const)
  const books = withOneSpelling(makeBookkeeping(target, writer, schemaExists, plan), target, records)
  const both = step ? mirrored(books, target, writer, step) : books
  const line = { session, backend, records, ...(life ? { life } : {}) }
  if (run.books) return { ...line, bookkeeping: run.books(both, target, writer) }
  if (run.config.format !== 'supabase') return { ...line, bookkeeping: both }
  // There the CLI writes the row of what it applies.
  const { start, complete, finish } = books
  return { ...line, bookkeeping: { ...both, start, complete, finish } }
}

function isAnother(before: Target, now: Target): boolean {
  return (
    before.systemIdentifier !== undefined &&
    now.systemIdentifier !== undefined &&
    before.systemIdentifier !== now.systemIdentifier
  )
}
