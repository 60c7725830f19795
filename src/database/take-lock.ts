import type { Reply, Session } from '../model/session.js'
import type { Target } from '../model/target.js'
import { lockKey, lockKeyParts } from './lock-key.js'

/** What came of trying: the lock and the answer to the message sent with it, or who has it. */
export type LockResult =
  | { readonly taken: true; readonly reply: Reply }
  | { readonly taken: false; readonly holder: string; readonly reply: Reply }

/**
 * Tries for the run's lock and, in the same turn, sends a message that must see what the lock protects. Waits on the
 * client's side: a session that waits inside PostgreSQL holds a snapshot, which concurrent index builds wait for.
 *
 * @param limitMs 0: one try
 * @param onWait told who has it, each time it was not to be had
 */
export async function takeLock(
  session: Session,
  target: Target,
  message: string,
  limitMs: number,
  onWait: (holder: string, waitedMs: number) => void,
): Promise<LockResult> {
  const key = lockKey(target.database, target.tracking)
  const started = Date.now()
  for (;;) {
    const reply = await session.send(`SELECT pg_catalog.pg_try_advisory_lock(${key});\n${message}`)
    if (reply.error || reply.results[0]?.rows[0]?.[0] === 't')
      return { taken: !reply.error, reply, holder: '' }
    const holder = await describeHolder(session, key)
    const waited = Date.now() - started
    if (waited >= limitMs) return { taken: false, holder, reply }
    onWait(holder, waited)
    await sleep(Math.min(POLL_MS, limitMs - waited))
  }
}

const POLL_MS = 1_000

async function describeHolder(session: Session, key: bigint): Promise<string> {
  const { classId, objectId } = lockKeyParts(key)
  const reply = await session.send(`BEGIN READ ONLY;
SET LOCAL search_path = pg_catalog;
SELECT l.pid, a.application_name, coalesce(host(a.client_addr), 'local'), a.state,
  (extract(epoch FROM clock_timestamp() - a.backend_start))::integer
FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.classid = ${classId} AND l.objid = ${objectId} AND l.objsubid = 1 AND l.granted
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database());
COMMIT;`)
  const row = reply.results.at(-1)?.rows[0]
  if (!row) return 'another run, which has just ended'
  const [pid, application, address, state, age] = row
  return `process ${pid} (${application || 'no application name'}, from ${address ?? '?'}, ${state ?? '?'}, connected ${age ?? '?'} s ago)`
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
