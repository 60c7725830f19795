import type { Session } from '../model/session.js'
import type { InvalidIndex, PendingDetach } from '../model/unusable.js'
import { UserError } from '../model/user-error.js'
import { beginReading } from '../sql/begin-reading.js'

/** What statements outside a transaction left half done. */
export interface LeftHalfDone {
  /** They cost writes and serve no query. */
  readonly indexes: readonly InvalidIndex[]
  readonly detaches: readonly PendingDetach[]
}

/** Looks for what nobody has finished: the catalog tells of it, whoever began it. */
export async function findInvalidIndexes(session: Session): Promise<LeftHalfDone> {
  const reply = await session.send(`${beginReading()}
SET LOCAL search_path = pg_catalog, pg_temp;
SELECT i.indexrelid::text, i.indexrelid::regclass::text, i.indrelid::regclass::text, (c.relkind = 'I')::text,
  c.relispartition::text, i.indislive::text
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE NOT i.indisvalid ORDER BY 2;
SELECT inhrelid::regclass::text, inhparent::regclass::text, format('%s/%s', inhrelid, inhparent)
FROM pg_inherits WHERE inhdetachpending ORDER BY 1;
COMMIT;`)
  if (reply.error)
    throw new UserError([
      {
        message: `The indexes can not be read: ${reply.error.message}.`,
        help: 'Check the connection and run verify again.',
      },
    ])
  const [indexes, detaches] = reply.results.slice(-2)
  return {
    indexes: (indexes?.rows ?? []).map(([oid = '', name = '', table = '', ...is]) => {
      const [partitioned, attached, live] = is.map((text) => text === 'true')
      const known = { oid: oid ?? '', name: name ?? '', table: table ?? '' }
      return { ...known, partitioned: partitioned === true, attached: attached === true, live: live === true }
    }),
    detaches: (detaches?.rows ?? []).map(([partition, table, pair]) => ({
      partition: partition ?? '',
      table: table ?? '',
      pair: pair ?? '',
    })),
  }
}
