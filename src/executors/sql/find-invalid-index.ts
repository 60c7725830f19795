import type { Failure } from '../../model/outcome.js'
import type { RunnableMigration, RunnableStatement } from '../../model/plan.js'
import { excerpt } from '../../sql/excerpt.js'
import { quoteLiteral } from '../../sql/identifier.js'
import { positionOf } from '../../sql/position.js'
import type { Work } from '../executor.js'

/**
 * Looks whether the index that a statement was to build is there and valid. `IF NOT EXISTS` is content with the INVALID
 * index of an earlier failure; recording that as applied would be wrong.
 *
 * @param index of the statement in the file, from 0
 */
export async function findInvalidIndex(
  work: Work,
  migration: RunnableMigration,
  statement: RunnableStatement,
  index: number,
): Promise<Failure | undefined> {
  if (!statement.builds) return undefined
  const reply = await work.session.send(invalidIndexQuery(statement.builds))
  const name = reply.results[0]?.rows[0]?.[0]
  if (!reply.error && !name) return undefined
  const position = positionOf(migration.file.text, statement.span)
  return {
    code: reply.error?.code ?? 'DF004',
    message: reply.error?.message ?? `the index ${name} is INVALID: an earlier build of it failed`,
    ...(name
      ? { hint: `Run DROP INDEX CONCURRENTLY ${name}; mend what made the build fail; then run again.` }
      : {}),
    position,
    excerpt: excerpt(migration.file.text, position),
    statement: index + 1,
  }
}

function invalidIndexQuery({ table, index }: NonNullable<RunnableStatement['builds']>): string {
  const named = index ? ` AND i.indexrelid = pg_catalog.to_regclass(${quoteLiteral(index)})` : ''
  return `SELECT i.indexrelid::pg_catalog.regclass::pg_catalog.text FROM pg_catalog.pg_index i
WHERE i.indrelid = pg_catalog.to_regclass(${quoteLiteral(table)})${named} AND NOT i.indisvalid`
}
