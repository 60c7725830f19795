import type { Line } from '../executors/executor.js'
import { isRetryable } from '../executors/sql/retry.js'
import { waitToRetry } from '../executors/sql/wait-to-retry.js'
import type { Failure } from '../model/outcome.js'
import type { ServerError } from '../model/session.js'
import type { Target } from '../model/target.js'
import { UserError } from '../model/user-error.js'
import { helpWithTables } from '../sql/help-with-tables.js'
import type { Way } from './way.js'

/**
 * Makes the tracking tables, or what is missing of them.
 *
 * @param begins see `Bookkeeping.begins`; only where something is about to be applied
 * @param run where somebody who holds them is waited for, as by a migration
 * @throws UserError where the role may not, or they are held for too long
 */
export async function ensureTables(
  { session, bookkeeping }: Line,
  target: Target,
  begins = '',
  run?: Pick<Way, 'system' | 'signal'>,
): Promise<Failure | undefined> {
  const sql = [bookkeeping.ensure, begins].filter(Boolean).join('\n')
  if (!sql) return undefined
  const asked = run && { observe: run.system.observe, signal: run.signal }
  const what = { file: { name: `${target.tracking.schema}.${target.tracking.table}` } }
  const tries = { count: 1 }
  for (;;) {
    const { error, state } = await session.send(
      `BEGIN READ WRITE;\nSET LOCAL search_path = pg_catalog, pg_temp;\n${sql}\nCOMMIT;`,
    )
    if (!error) return undefined
    if (state === 'lost') return { code: 'connection-lost', message: error.message }
    await session.send('ROLLBACK;')
    if (asked && (await waitToRetry(asked, what, error, tries))) continue
    // Nothing follows in a run that is asked to end, whether they are there or not.
    if (asked?.signal.aborted) return undefined
    throw notWritten(target, bookkeeping.ensure === '' ? 'written to' : 'created or upgraded', error)
  }
}

function notWritten(
  { tracking, user }: Target,
  done: string,
  { code, message: why }: Pick<ServerError, 'code' | 'message'>,
): UserError {
  const { schema, table } = tracking
  const message = `The tracking tables ${schema}.${table} can not be ${done} as ${user}: ${why}.`
  return new UserError([{ message, ...(isRetryable(code) ? HELD : { help: helpWithTables(code, table) }) }])
}

const HELD = {
  busy: true,
  help: 'Another session holds one of them. Wait until it has ended, then run again.',
} as const
