import { parseRecords, recordsQuery } from '../database/read-history.js'
import { type FoundTarget, readTarget } from '../database/read-target.js'
import { takeLock } from '../database/take-lock.js'
import { TRACKING_VERSION } from '../database/tracking-ddl.js'
import type { Config } from '../model/config.js'
import type { AppliedRecord } from '../model/history.js'
import type { Problem } from '../model/problem.js'
import type { Reply, Session } from '../model/session.js'
import type { Endpoint, Target } from '../model/target.js'
import { UserError } from '../model/user-error.js'
import type { System } from './system.js'

/** What is known of a target before anything is done to it. */
export interface Known extends FoundTarget {
  readonly records: readonly AppliedRecord[]
  /** The lock was not to be had. */
  readonly refusal?: Problem
}

/**
 * Reads target and history; for what rehearses or applies, under the run's lock, so that nothing changes between
 * reading and doing.
 */
export async function readHistory(
  session: Session,
  endpoint: Endpoint,
  config: Config,
  system: System,
  settings: string,
): Promise<Known> {
  const found = await readTarget(session, endpoint, config.tracking, settings)
  if (!['dry-run', 'migrate'].includes(config.command)) return withRecords(found, await send(session, found))
  if (found.readOnly !== undefined) throw notWritable(found.target, found.readOnly)
  const lock = await takeLock(
    session,
    found.target,
    recordsQuery(found.target.tracking),
    config.lockWaitMs,
    (holder, waitedMs) =>
      system.observe({ kind: 'waiting-for-lock', holder, waitedMs, limitMs: config.lockWaitMs }),
  )
  if (!lock.taken && !lock.reply.error)
    return { ...found, records: [], refusal: lockRefused(lock.holder, config.lockWaitMs) }
  if (lock.reply.error || found.target.tracking.version === TRACKING_VERSION)
    return withRecords(found, lock.reply)
  // Another run may have created or upgraded the tables between the two messages.
  const again = await readTarget(session, endpoint, config.tracking, '')
  return withRecords(again, await send(session, again))
}

async function send(session: Session, { target }: FoundTarget): Promise<Reply | undefined> {
  const query = recordsQuery(target.tracking)
  return query ? session.send(query) : undefined
}

function withRecords(found: FoundTarget, reply: Reply | undefined): Known {
  if (reply?.error) throw unreadableHistory(found.target, reply.error.message)
  const absent = found.target.tracking.version === 'absent'
  return { ...found, records: reply && !absent ? parseRecords(reply) : [] }
}

/** A role without rights gets this, and never an empty history. */
export function unreadableHistory(target: Target, reason: string): UserError {
  const { schema, table } = target.tracking
  return new UserError([
    {
      message: `The history in ${schema}.${table} can not be read as ${target.user}: ${reason}.`,
      help: 'Use the role that owns the tables, or grant what a reading role needs; docs/database.md lists it.',
    },
  ])
}

function notWritable({ host, port }: Target, why: string): UserError {
  return new UserError([
    { message: `${host}:${port} ${why}.`, help: 'Nothing was sent to it beyond reading what it is.' },
  ])
}

function lockRefused(holder: string, waitedMs: number): Problem {
  return {
    message: `Another run holds the lock of this target: ${holder}. Waited ${Math.round(waitedMs / 1000)} s (lock-wait).`,
    help: 'Wait for it to end, or raise lock-wait. If it hangs, end it on the server with SELECT pg_terminate_backend(<process>).',
  }
}
