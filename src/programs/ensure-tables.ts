import type { Line } from '../executors/executor.js'
import type { Failure } from '../model/outcome.js'
import type { Target } from '../model/target.js'
import { UserError } from '../model/user-error.js'

/**
 * Makes the tracking tables, or what is missing of them.
 *
 * @param begins see `Bookkeeping.begins`; only where something is about to be applied
 * @throws UserError where the role may not
 */
export async function ensureTables(
  { session, bookkeeping }: Line,
  target: Target,
  begins = '',
): Promise<Failure | undefined> {
  const sql = [bookkeeping.ensure, begins].filter(Boolean).join('\n')
  if (!sql) return undefined
  const reply = await session.send(`BEGIN READ WRITE;\nSET LOCAL search_path = pg_catalog;\n${sql}\nCOMMIT;`)
  if (!reply.error) return undefined
  if (reply.state === 'lost') return { code: 'connection-lost', message: reply.error.message }
  await session.send('ROLLBACK;')
  throw notWritten(
    target,
    bookkeeping.ensure === '' ? 'written to' : 'created or upgraded',
    reply.error.message,
  )
}

function notWritten({ tracking, user }: Target, done: string, why: string): UserError {
  const { schema, table } = tracking
  return new UserError([
    {
      message: `The tracking tables ${schema}.${table} can not be ${done} as ${user}: ${why}.`,
      help: 'Use a role that may create the schema and owns the tables, or name another schema as database.migrations.tracking_schema.',
    },
  ])
}
