import type { Contents, RowDigest, SequenceState } from '../model/backup.js'
import type { Session } from '../model/session.js'
import { digestSchema } from './digest-schema.js'
import {
  largeObjectsDigest,
  mayReadLargeObjects,
  sequenceState,
  sequencesQuery,
  tableDigest,
  tablesQuery,
  writtenAlike,
} from './digest-sql.js'

/** A table that has rows of its own. */
export interface FoundTable {
  /** As the server quotes it: `public.books`. */
  readonly name: string
  readonly columns: string
  readonly schema: string
  readonly table: string
}

/** Asks, and throws what the server says against it. */
export type Ask = (sql: string) => Promise<readonly (readonly (readonly (string | null)[])[])[]>

/** @throws Error with the server's words, also where the connection is lost */
export function asking(session: Session): Ask {
  return async (sql) => {
    const { error, results } = await session.send(sql)
    if (error) throw new Error(error.message)
    return results.map(({ rows }) => rows)
  }
}

/** Of the open transaction. */
export async function listTables(ask: Ask): Promise<FoundTable[]> {
  const [rows = []] = await ask(tablesQuery)
  return rows.map(([name, columns, schema, table]) => ({
    name: name ?? '',
    columns: columns ?? '',
    schema: schema ?? '',
    table: table ?? '',
  }))
}

/** Of the open transaction, whatever the role may read of them. */
export async function hasLargeObjects(ask: Ask): Promise<boolean> {
  const [[[found] = []] = []] = await ask(
    'SELECT EXISTS (SELECT FROM pg_catalog.pg_largeobject_metadata)::text;',
  )
  return found === 'true'
}

/**
 * What the database holds in the open transaction, which must be `REPEATABLE READ`. Reads every row of the tables given.
 *
 * @param schema the lines of the schema, as `database/schema/` writes them
 * @throws Error with the server's words
 */
export async function readContents(
  ask: Ask,
  tables: readonly FoundTable[],
  schema: string,
): Promise<Contents> {
  await ask(writtenAlike)
  return {
    schema: digestSchema(schema),
    sequences: await readSequences(ask),
    tables: await readTables(ask, tables),
    largeObjects: await readLargeObjects(ask),
  }
}

/** In one message, which the server answers one after the other. */
const AT_ONCE = 100

async function readTables(ask: Ask, tables: readonly FoundTable[]): Promise<Record<string, RowDigest>> {
  const digests: Record<string, RowDigest> = {}
  for (let from = 0; from < tables.length; from += AT_ONCE) {
    const some = tables.slice(from, from + AT_ONCE)
    const answers = await ask(some.map(tableDigest).join('\n'))
    for (const [index, { name }] of some.entries()) digests[name] = digestOf(answers[index]?.[0])
  }
  return digests
}

function digestOf(row: readonly (string | null)[] | undefined): RowDigest {
  const [rows, sum] = row ?? []
  if (!rows || !sum) throw new Error('the server gave no digest of its rows')
  return { rows: Number(rows), sum }
}

async function readSequences(ask: Ask): Promise<Record<string, SequenceState>> {
  const [rows = []] = await ask(sequencesQuery)
  const states: Record<string, SequenceState> = {}
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = rows.slice(from, from + AT_ONCE)
    const answers = await ask(some.map(([name]) => sequenceState(name ?? '')).join('\n'))
    for (const [index, [name, increment]] of some.entries()) {
      const [last, called] = answers[index]?.[0] ?? []
      states[name ?? ''] = { last: last ?? '', called: called === 'true', increment: increment ?? '1' }
    }
  }
  return states
}

async function readLargeObjects(ask: Ask): Promise<RowDigest | null> {
  const [[[may] = []] = []] = await ask(mayReadLargeObjects)
  if (may !== 'true') return null
  const [[row] = []] = await ask(largeObjectsDigest)
  return digestOf(row)
}
