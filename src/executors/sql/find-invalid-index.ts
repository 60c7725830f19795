import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration, RunnableStatement } from '../../model/plan.js'
import type { Reply } from '../../model/session.js'
import { excerpt } from '../../sql/excerpt.js'
import { quoteLiteral } from '../../sql/identifier.js'
import { positionOf } from '../../sql/position.js'
import type { Work } from '../executor.js'

/**
 * Looks whether a statement that was to build an index concurrently left an INVALID one. `IF NOT EXISTS` is content
 * with the INVALID index of an earlier failure; recording that as applied would be wrong.
 *
 * @param index of the statement in the file, from 0
 * @param built the server's answer to the statement
 */
export async function findInvalidIndex(
  work: Work,
  migration: RunnableMigration,
  { builds, span }: RunnableStatement,
  index: number,
  built: Reply,
): Promise<Failure | undefined> {
  // A success without a name has built a new index; whatever else is INVALID on the table is not of its making.
  if (!builds || built.state === 'lost' || (!built.error && !builds.index)) return undefined
  const reply = await work.session.send(invalidIndexQuery(builds))
  const name = reply.results[0]?.rows[0]?.[0]
  if (!reply.error && !name) return undefined
  const position = positionOf(migration.file.text, span)
  return {
    code: reply.error?.code ?? 'DF004',
    message: reply.error?.message ?? `the index ${name} is INVALID: an earlier build of it failed`,
    ...(name ? { hint: wayOut(name, built) } : {}),
    position,
    excerpt: excerpt(migration.file.text, position),
    statement: index + 1,
  }
}

function wayOut(name: string, { error }: Reply): string {
  const left = error ? `It left the index ${name} INVALID. ` : ''
  return `${left}Run DROP INDEX CONCURRENTLY ${name}; mend what made the build fail; then run again.`
}

function invalidIndexQuery({ table, index }: NonNullable<RunnableStatement['builds']>): string {
  const named = index ? ` AND i.indexrelid = pg_catalog.to_regclass(${quoteLiteral(index)})` : ''
  return `SELECT i.indexrelid::pg_catalog.regclass::pg_catalog.text FROM pg_catalog.pg_index i
WHERE i.indrelid = pg_catalog.to_regclass(${quoteLiteral(table)})${named} AND NOT i.indisvalid
ORDER BY i.indexrelid DESC`
}
