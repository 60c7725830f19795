import type { Reply } from '../../model/session.js'
import type { BuildsIndex, Trace, TracedObject } from '../../model/trace.js'
import { quoteLiteral } from '../../sql/identifier.js'
import type { Work } from '../executor.js'
import { lookUpLeftovers } from './look-up-leftovers.js'

/** What the catalog holds of what a statement works on, a text for each thing; `judge.ts` compares two of these. */
export interface Found {
  readonly found: readonly string[]
  /** What was there before it began and lives on, while its name leads elsewhere or nowhere. */
  readonly moved: readonly string[]
  readonly reply?: Reply
}

/**
 * Looks in the catalog, with the file's own search path.
 *
 * @param before what was found before the statement began, which is looked for by its number too: somebody may have
 *   given it another name since
 */
export async function lookUp(
  { session }: Pick<Work, 'session'>,
  trace: Trace,
  before: readonly string[] = [],
): Promise<Found> {
  const query = queryOf(trace, before)
  if (query === undefined) return { found: [], moved: [] }
  const reply = await session.send(query)
  const rows = reply.results[0]?.rows ?? []
  const textsOf = (moved: boolean) =>
    rows.filter((row) => (row[1] === 'moved') === moved).map(([text]) => text ?? '')
  return { found: textsOf(false), moved: textsOf(true), reply }
}

function queryOf(trace: Trace, before: readonly string[]): string | undefined {
  switch (trace.kind) {
    case 'builds-index':
      return builtIndexes(trace)
    case 'drops-index':
      return byNameOrNumber(`${INDEX}`, INDEXES, 'i.indexrelid', {
        isNamed: `i.indexrelid = pg_catalog.to_regclass(${quoteLiteral(trace.index)})`,
        before,
      })
    case 'reindexes':
      return lookUpLeftovers(trace, before)
    case 'detaches':
      return detached(trace, before)
    case 'creates':
    case 'drops':
      return object(trace.what, trace.name, before)
    case 'repeatable':
      return undefined
  }
}

/** `<oid> valid|INVALID <name>` of the indexes of that name on the table, or of all on it. */
function builtIndexes({ table, index }: BuildsIndex): string {
  const named = index === undefined ? '' : ` AND c.relname = ${quoteLiteral(index)}`
  return `SELECT ${INDEX} FROM ${INDEXES}
WHERE i.indrelid = pg_catalog.to_regclass(${quoteLiteral(table)})${named}
ORDER BY i.indexrelid`
}

const INDEXES = 'pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid'

/**
 * `<oid> valid|INVALID <name> #<definition>`, the name with its schema, because people read it whose search path is not
 * the file's, the last as a number. Read from the columns: `pg_get_indexdef` would wait
 * for a lock of the table.
 */
const INDEX = `pg_catalog.format('%s %s %s.%I #%s', i.indexrelid,
  CASE WHEN i.indisvalid THEN 'valid' ELSE 'INVALID' END, c.relnamespace::pg_catalog.regnamespace, c.relname,
  pg_catalog.hashtextextended(pg_catalog.concat_ws('|', i.indrelid, i.indkey, i.indnkeyatts, i.indclass, i.indcollation,
    i.indoption, i.indisunique, i.indnullsnotdistinct, i.indexprs, i.indpred, c.relam, c.reloptions), 0))`

interface ByNameOrNumber {
  /** The condition by which the name leads to it. */
  readonly isNamed: string
  readonly before: readonly string[]
}

/** What the name leads to, and apart from it what was found before and is there still. */
function byNameOrNumber(
  text: string,
  from: string,
  oid: string,
  { isNamed, before }: ByNameOrNumber,
): string {
  const numbers = before.flatMap((each) => /^\d+/.exec(each) ?? [])
  const isKnown = numbers.length > 0 ? ` OR ${oid} IN (${numbers.join(', ')})` : ''
  return `SELECT ${text}, CASE WHEN ${isNamed} THEN 'named' ELSE 'moved' END FROM ${from}
WHERE ${isNamed}${isKnown}`
}

/** `<partition>/<parent> true|false <parent> DETACH PARTITION <partition>`: whether it is pending, and how it is named. */
function detached(
  { table, partition }: Extract<Trace, { kind: 'detaches' }>,
  [before = '']: readonly string[],
): string {
  const isNamed = `h.inhparent = pg_catalog.to_regclass(${quoteLiteral(table)})
  AND h.inhrelid = pg_catalog.to_regclass(${quoteLiteral(partition)})`
  const [, rel, parent] = /^(\d+)\/(\d+) /.exec(before) ?? []
  const isKnown = rel === undefined ? '' : ` OR h.inhrelid = ${rel} AND h.inhparent = ${parent}`
  return `SELECT pg_catalog.format('%s/%s %s %s DETACH PARTITION %s', h.inhrelid, h.inhparent,
  h.inhdetachpending::pg_catalog.text, ${withSchema('h.inhparent')}, ${withSchema('h.inhrelid')}),
  CASE WHEN ${isNamed} THEN 'named' ELSE 'moved' END
FROM pg_catalog.pg_inherits h WHERE ${isNamed}${isKnown}`
}

function withSchema(oid: string): string {
  return `(SELECT pg_catalog.format('%s.%I', r.relnamespace::pg_catalog.regnamespace, r.relname)
    FROM pg_catalog.pg_class r WHERE r.oid = ${oid})`
}

/** `<oid> <name>`; of a prepared transaction its name. */
function object(what: TracedObject, name: string, before: readonly string[]): string {
  if (what === 'prepared transaction')
    return `SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE gid = ${quoteLiteral(name)}`
  const [from, column] = OBJECTS[what]
  return byNameOrNumber(`pg_catalog.format('%s %I', o.oid, o.${column})`, from, 'o.oid', {
    isNamed: `o.${column} = ${quoteLiteral(name)}`,
    before,
  })
}

const OBJECTS: Readonly<Record<Exclude<TracedObject, 'prepared transaction'>, readonly [string, string]>> = {
  database: ['pg_catalog.pg_database o', 'datname'],
  tablespace: ['pg_catalog.pg_tablespace o', 'spcname'],
  subscription: [
    `pg_catalog.pg_subscription o JOIN pg_catalog.pg_database d
  ON d.oid = o.subdbid AND d.datname = pg_catalog.current_database()`,
    'subname',
  ],
}
