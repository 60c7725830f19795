import type { Session } from '../model/session.js'
import { UserError } from '../model/user-error.js'

/** Names of indexes that a failed concurrent build left behind: they cost writes and serve no query. */
export async function findInvalidIndexes(session: Session): Promise<string[]> {
  const reply = await session.send(`BEGIN READ ONLY;
SET LOCAL search_path = pg_catalog, pg_temp;
SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid ORDER BY 1;
COMMIT;`)
  if (reply.error)
    throw new UserError([
      {
        message: `The indexes can not be read: ${reply.error.message}.`,
        help: 'Check the connection and run verify again.',
      },
    ])
  return (reply.results.at(-1)?.rows ?? []).map(([name]) => name ?? '')
}
