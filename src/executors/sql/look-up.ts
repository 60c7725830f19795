import type { Reply } from '../../model/session.js'
import type { BuildsIndex, Trace, TracedObject } from '../../model/trace.js'
import { quoteLiteral } from '../../sql/identifier.js'
import type { Work } from '../executor.js'

/** What the catalog holds of what a statement works on, a text for each thing; `judge.ts` compares two of these. */
export interface Found {
  readonly found: readonly string[]
  readonly reply?: Reply
}

/** Looks in the catalog, with the file's own search path. */
export async function lookUp({ session }: Pick<Work, 'session'>, trace: Trace): Promise<Found> {
  const query = queryOf(trace)
  if (query === undefined) return { found: [] }
  const reply = await session.send(query)
  return { found: reply.results[0]?.rows.map(([text]) => text ?? '') ?? [], reply }
}

function queryOf(trace: Trace): string | undefined {
  switch (trace.kind) {
    case 'builds-index':
      return builtIndexes(trace)
    case 'drops-index':
      return `SELECT ${INDEX}
FROM pg_catalog.pg_index i WHERE i.indexrelid = pg_catalog.to_regclass(${quoteLiteral(trace.index)})`
    case 'reindexes':
      return LEFTOVERS
    case 'detaches':
      return `SELECT inhdetachpending::pg_catalog.text FROM pg_catalog.pg_inherits
WHERE inhparent = pg_catalog.to_regclass(${quoteLiteral(trace.table)})
  AND inhrelid = pg_catalog.to_regclass(${quoteLiteral(trace.partition)})`
    case 'creates':
    case 'drops':
      return `${OBJECTS[trace.what]} ${quoteLiteral(trace.name)}`
    case 'repeatable':
      return undefined
  }
}

/** `<oid> valid|INVALID <name>` of the indexes of that name on the table, or of all on it. */
function builtIndexes({ table, index }: BuildsIndex): string {
  const named = index === undefined ? '' : ` AND c.relname = ${quoteLiteral(index)}`
  return `SELECT ${INDEX}
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = pg_catalog.to_regclass(${quoteLiteral(table)})${named}
ORDER BY i.indexrelid`
}

/** `<oid> valid|INVALID <name>` */
const INDEX = `pg_catalog.format('%s %s %s', i.indexrelid,
  CASE WHEN i.indisvalid THEN 'valid' ELSE 'INVALID' END, i.indexrelid::pg_catalog.regclass)`

/** `<oid> <name>` of what a REINDEX CONCURRENTLY that failed leaves, by the names it gives. */
const LEFTOVERS = `SELECT pg_catalog.format('%s %s', i.indexrelid, i.indexrelid::pg_catalog.regclass)
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$'
ORDER BY i.indexrelid`

const OBJECTS: Readonly<Record<TracedObject, string>> = {
  database: 'SELECT oid::pg_catalog.text FROM pg_catalog.pg_database WHERE datname =',
  tablespace: 'SELECT oid::pg_catalog.text FROM pg_catalog.pg_tablespace WHERE spcname =',
  subscription: `SELECT s.oid::pg_catalog.text FROM pg_catalog.pg_subscription s
JOIN pg_catalog.pg_database d ON d.oid = s.subdbid AND d.datname = pg_catalog.current_database() WHERE s.subname =`,
  'prepared transaction': 'SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE gid =',
}
