import type { Failure } from '../../model/outcome.js'
import type { Work } from '../executor.js'
import { failureOf } from './keep-journal.js'

/**
 * Looks whether another session builds an index on a table of those that are to be dropped. The two would wait for each
 * other, and the server would end one of them: maybe the other's, which is none of ours.
 *
 * @param takes the numbers of the indexes
 * @returns what stands against dropping them
 */
export async function findBuilder(
  { session }: Pick<Work, 'session'>,
  takes: readonly string[] = [],
): Promise<Failure | undefined> {
  if (takes.length === 0) return undefined
  const reply = await session.send(builderOn(takes))
  const [pid, index] = reply.results[0]?.rows[0] ?? []
  if (!pid) return failureOf(reply)
  return {
    code: BUSY,
    message: `${index} is to be dropped first, which an earlier run left; but process ${pid} builds an index on its table just now, and one of the two would end in a deadlock`,
    hint: `Wait until it has built that, then run again. This shows how far it is: select * from pg_stat_progress_create_index where pid = ${pid}`,
  }
}

/** As for a lock that is not to be had: it may be tried again. */
const BUSY = '55P03'

/** By the lock: which table it is, the view of the progress shows only to whom it may show other roles' sessions. */
function builderOn(takes: readonly string[]): string {
  return `SELECT p.pid, i.indexrelid::pg_catalog.regclass FROM pg_catalog.pg_stat_progress_create_index p
JOIN pg_catalog.pg_locks l ON l.pid = p.pid AND l.locktype = 'relation' AND l.granted
  AND l.mode = 'ShareUpdateExclusiveLock'
JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
JOIN pg_catalog.pg_index i ON i.indrelid = l.relation
WHERE p.pid <> pg_catalog.pg_backend_pid() AND i.indexrelid IN (${takes.join(', ')}) LIMIT 1`
}
