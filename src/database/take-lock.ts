import { setTimeout as sleep } from 'node:timers/promises'
import type { Reply, Session } from '../model/session.js'
import type { Target } from '../model/target.js'
import { beginReading } from '../sql/begin-reading.js'
import { runUrlOf } from './application-name.js'
import { lockKey, lockKeyParts } from './lock-key.js'

/** What is asked for with the lock. */
export interface LockRequest {
  /** SQL that sets the connection up, sent before in the same turn. It holds from then on, with the lock or without. */
  readonly settings: string
  /** Sent in the same turn too: it must see what the lock protects. */
  readonly message: string
  /** How long to try, in milliseconds. 0: one try. */
  readonly limitMs: number
  /** Aborted: tried no more. */
  readonly signal?: AbortSignal | undefined
  /** Of this run: whoever holds the lock is taken to run on the same GitHub server. */
  readonly runUrl?: string | undefined
  /** Told who has it, each time it was not to be had. */
  readonly onWait: (holder: string, waitedMs: number) => void
}

/** What came of trying: the lock, on which server process, since when by the server's clock, and the answer to the message sent with it; or who has it. */
export type LockResult =
  | { readonly taken: true; readonly backend: number; readonly at: string; readonly reply: Reply }
  | {
      readonly taken: false
      readonly holder: string
      /** With an error where the message failed, whoever has the lock. */
      readonly reply: Reply
      /** The signal came first. */
      readonly aborted?: true
    }

/**
 * Tries for the run's lock and, in the same turn, sends a message that must see what the lock protects. Waits on the
 * client's side: a session that waits inside PostgreSQL holds a snapshot, which concurrent index builds wait for.
 */
export async function takeLock(
  session: Session,
  target: Target,
  { settings, message, limitMs, signal, runUrl, onWait }: LockRequest,
): Promise<LockResult> {
  const key = lockKey(target.database, target.tracking)
  const started = Date.now()
  let pollMs = FIRST_POLL_MS
  for (let setUp = settings; ; setUp = '') {
    const reply = await session.send(tryFor(key, setUp, message))
    const [taken, backend, at] = reply.results[0]?.rows[0] ?? []
    if (!reply.error && taken === 't') return { taken: true, backend: Number(backend), at: at ?? '', reply }
    if (reply.error) return { taken: false, holder: '', reply }
    const holder = await describeHolder(session, key, runUrl)
    const waited = Date.now() - started
    if (signal?.aborted) return { taken: false, holder, reply, aborted: true }
    if (waited >= limitMs) return { taken: false, holder, reply }
    onWait(holder, waited)
    await pause(Math.min(jittered(pollMs), limitMs - waited), signal)
    pollMs = Math.min(2 * pollMs, POLL_MS)
    if (signal?.aborted) return { taken: false, holder, reply, aborted: true }
  }
}

/** The old process of a run that lost its connection, and a run that is about to end, are gone within a second. */
const FIRST_POLL_MS = 250
const POLL_MS = 1_000

/**
 * The lock is taken twice, so that the bookkeeping can give it back once and see that it was there.
 * Each part is a transaction of its own: the settings hold for what follows, whose snapshot is newer than the lock.
 */
function tryFor(key: bigint, settings: string, message: string): string {
  const setUp = settings ? `BEGIN;\n${settings}\nCOMMIT;\n` : ''
  return `${setUp}BEGIN;
SELECT pg_catalog.pg_try_advisory_lock(${key}) AND pg_catalog.pg_try_advisory_lock(${key}), pg_catalog.pg_backend_pid(),
  pg_catalog.to_char(pg_catalog.timezone('UTC', pg_catalog.clock_timestamp()), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
COMMIT;
${message}`
}

/** Runs that wait for one another don't all ask at once. */
function jittered(ms: number): number {
  return ms * (0.8 + 0.4 * Math.random())
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, undefined, signal ? { signal } : {}).catch(() => {})
}

async function describeHolder(session: Session, key: bigint, runUrl: string | undefined): Promise<string> {
  const { classId, objectId } = lockKeyParts(key)
  const reply = await session.send(`${beginReading()}
SET LOCAL search_path = pg_catalog, pg_temp;
SELECT l.pid, a.application_name, CASE WHEN a.backend_start IS NOT NULL THEN coalesce(host(a.client_addr), 'this machine') END, a.state,
  (extract(epoch FROM clock_timestamp() - a.backend_start))::integer
FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.classid = ${classId} AND l.objid = ${objectId} AND l.objsubid = 1 AND l.granted
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database());
COMMIT;`)
  const row = reply.results.at(-1)?.rows[0]
  return row ? renderHolder(row, runUrl) : 'another run, which has just ended'
}

/** What the role may not see is left out. */
function renderHolder(
  [pid, application, address, state, age]: readonly (string | null | undefined)[],
  ownRunUrl: string | undefined,
): string {
  const run = runUrlOf(application ?? '', ownRunUrl)
  const told = [
    application || 'no application name',
    ...(run ? [run] : []),
    ...(address ? [`from ${address}`] : []),
    ...(state ? [state] : []),
    ...(age ? [`connected ${age} s ago`] : []),
  ]
  return `process ${pid} (${told.join(', ')})`
}
