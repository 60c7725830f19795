import type { Look } from './look.js'
import { showSome } from './table-values.js'
import { unreadable } from './unreadable.js'
import { seconds } from './words.js'

const QUERY = `SELECT 'process ' || pid, usename, application_name,
  pg_catalog.ceil(EXTRACT(EPOCH FROM pg_catalog.clock_timestamp() - xact_start) * 1000)::int8,
  (query = '<insufficient privilege>')::int4
FROM pg_catalog.pg_stat_activity
WHERE datname = pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid()
  AND (backend_type = 'client backend' OR query = '<insufficient privilege>')
UNION ALL
SELECT 'prepared transaction ' || gid, owner, NULL,
  pg_catalog.ceil(EXTRACT(EPOCH FROM pg_catalog.clock_timestamp() - prepared) * 1000)::int8, 0
FROM pg_catalog.pg_prepared_xacts WHERE database = pg_catalog.current_database()
ORDER BY 4 DESC NULLS LAST, 1`

/** Transactions of others in this database: each keeps its locks, and what it might still see from being cleared away. */
export const lookAtLongTransactions: Look<'long-transactions'> = async ({ mostMs, timeoutMs }, { read }) => {
  const { results, error } = await read(QUERY, timeoutMs)
  if (error) return unreadable('the sessions', error)
  const rows = results.at(-1)?.rows ?? []
  const long = rows.filter(([, , , age]) => age !== null && Number(age) > mostMs)
  const hidden = rows.filter(([, , , , isHidden]) => isHidden === '1').length
  if (long.length > 0)
    return {
      state: 'failed',
      message: `transactions are open for longer than ${seconds(mostMs)}: ${showSome(long.map(show))}`,
      help: 'Wait for them to end, or end them: SELECT pg_terminate_backend(<process>).',
    }
  if (hidden === 0) return { state: 'passed' }
  return {
    state: 'unknown',
    message: `whether transactions are open for long can not be known: the role may not see those of ${hidden} ${hidden === 1 ? 'session' : 'sessions'}`,
    help: 'Grant it: GRANT pg_read_all_stats TO <role>.',
  }
}

function show([what, user, application, age]: readonly (string | null)[]): string {
  const by = [user, application].filter(Boolean).join(', ')
  return `${what} (${by}) for ${seconds(Number(age))}`
}
