import type { Line } from '../../executors/executor.js'
import { isRetryable } from '../../executors/sql/retry.js'
import { waitToRetry } from '../../executors/sql/wait-to-retry.js'
import { ConnectionError } from '../../model/connection-error.js'
import type { Failure } from '../../model/outcome.js'
import type { ServerError } from '../../model/session.js'
import { UserError } from '../../model/user-error.js'
import { renderUser } from '../../render/user-name.js'
import { helpWithTables } from '../../sql/help-with-tables.js'
import { explainOwnLimit } from '../../sql/session-limit.js'
import type { Way } from '../way.js'

/** How the tables are to be made. */
interface Making {
  /**
   * Something is about to be applied: that is recorded too, where it is to be, and somebody who holds the tables is waited for,
   * as by a migration. Default: false.
   */
  readonly applies?: boolean
  /** What the server said when it ended the connection at a limit while they were made: nothing is sent. */
  readonly refused?: ServerError | undefined
}

/**
 * Makes the tracking tables, or what is missing of them.
 *
 * @throws UserError where the role may not, they are held for too long, or a limit ends the connection
 */
export async function ensureTables(
  { session, bookkeeping }: Line,
  run: Pick<Way, 'config' | 'known' | 'system' | 'signal'>,
  { applies = false, refused }: Making = {},
): Promise<Failure | undefined> {
  const sql = [bookkeeping.ensure, applies ? bookkeeping.begins : ''].filter(Boolean).join('\n')
  const done = bookkeeping.ensure === '' ? 'written to' : 'created or upgraded'
  if (refused) throw notWritten(run, done, refused)
  if (!sql) return undefined
  const { schema, table } = run.known.target.tracking
  const asked = { observe: run.system.observe, signal: run.signal }
  const tries = { count: 1 }
  for (;;) {
    const { error, state } = await session.send(
      `BEGIN READ WRITE;\nSET LOCAL search_path = pg_catalog, pg_temp;\nSET LOCAL statement_timeout = 0;\n${sql}\nCOMMIT;`,
    )
    if (!error) return undefined
    if (error.limit) throw notWritten(run, done, error)
    if (state === 'lost') return { code: 'connection-lost', message: error.message }
    await session.send('ROLLBACK;')
    if (applies && (await waitToRetry(asked, { file: { name: `${schema}.${table}` } }, error, tries)))
      continue
    // Nothing follows in a run that is asked to end, whether they are there or not.
    if (applies && run.signal.aborted) return undefined
    throw notWritten(run, done, error)
  }
}

/** A limit that is set would end another connection in the same way. */
function notWritten(
  { known: { target }, config }: Pick<Way, 'known' | 'config'>,
  done: string,
  { code, message: why, limit }: ServerError,
): UserError {
  const { schema, table } = target.tracking
  const message = `The tracking tables ${schema}.${table} can not be ${done} as ${renderUser(target)}: ${why}.`
  const help = limit ? explainOwnLimit(limit, config.timeouts) : helpWithTables(code, table)
  if (limit) return new ConnectionError({ message, help }, 'limit')
  return new UserError([{ message, ...(isRetryable(code) ? HELD : { help }) }])
}

const HELD = {
  busy: true,
  help: 'Another session holds one of them. Wait until it has ended, then run again.',
} as const
