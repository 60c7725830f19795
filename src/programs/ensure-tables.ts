import type { Line } from '../executors/executor.js'
import type { Failure } from '../model/outcome.js'
import type { Target } from '../model/target.js'
import { UserError } from '../model/user-error.js'

/**
 * Makes the tracking tables, or what is missing of them.
 *
 * @throws UserError where the role may not
 */
export async function ensureTables(
  { session, bookkeeping }: Line,
  { tracking, user }: Target,
): Promise<Failure | undefined> {
  if (!bookkeeping.ensure) return undefined
  const reply = await session.send(
    `BEGIN READ WRITE;\nSET LOCAL search_path = pg_catalog;\n${bookkeeping.ensure}\nCOMMIT;`,
  )
  if (!reply.error) return undefined
  if (reply.state === 'lost') return { code: 'connection-lost', message: reply.error.message }
  await session.send('ROLLBACK;')
  const { schema, table } = tracking
  throw new UserError([
    {
      message: `The tracking tables ${schema}.${table} can not be created or upgraded as ${user}: ${reply.error.message}.`,
      help: 'Use a role that may create the schema and owns the tables, or name another schema as database.migrations.tracking_schema.',
    },
  ])
}
