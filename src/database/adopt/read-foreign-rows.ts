import type { ForeignQuery } from '../../model/foreign-tool.js'
import type { Rows, Session } from '../../model/session.js'
import { beginReading } from '../../sql/begin-reading.js'

/** A history with more rows is none that a person can look through, and would fill the memory. */
const MOST_FOREIGN_ROWS = 100_000

/** Characters of one value: names and checksums are shorter, and whoever writes into the table may write anything. */
const LONGEST_VALUE = 2_000

/**
 * Reads another tool's table, in a transaction that only reads. Runs with `row_security = off`, so that a role without
 * rights gets an error and never a part.
 */
export async function readForeignRows(
  session: Session,
  { values, from }: ForeignQuery,
): Promise<Rows['rows'] | { readonly why: string }> {
  const reply = await session.send(`${beginReading()}
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL row_security = off;
SELECT ${values.map((value) => `left((${value})::text, ${LONGEST_VALUE})`).join(', ')}
FROM ${from} LIMIT ${MOST_FOREIGN_ROWS + 1};
COMMIT;`)
  if (reply.error) {
    if (reply.state === 'E' || reply.state === 'T') await session.send('ROLLBACK;')
    return { why: reply.error.message }
  }
  const rows = reply.results.at(-1)?.rows ?? []
  if (rows.length <= MOST_FOREIGN_ROWS) return rows
  return { why: `it has more than ${MOST_FOREIGN_ROWS.toLocaleString('en')} rows` }
}
