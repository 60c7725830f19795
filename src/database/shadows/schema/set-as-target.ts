import type { Session } from '../../../model/session.js'
import { quoteIdentifier, quoteLiteral } from '../../../sql/identifier.js'
import { loadStatements } from './load-statements.js'
import type { SourceFacts } from './source-facts.js'

/**
 * Gives the shadow's database the settings that a session on the target begins with, as far as it takes them. New
 * sessions have them.
 */
export async function setAsTarget(session: Session, { settings }: SourceFacts): Promise<void> {
  const { results } = await session.send('SELECT pg_catalog.current_database();')
  const database = quoteIdentifier(results.at(-1)?.rows[0]?.[0] ?? '')
  // By way of the session's own: a value is text there, and a list of names behind SET.
  const statements = settings.flatMap(({ name, value }) => [
    `SELECT pg_catalog.set_config(${quoteLiteral(name)}, ${quoteLiteral(value)}, false)`,
    `ALTER DATABASE ${database} SET ${quoteIdentifier(name)} FROM CURRENT`,
  ])
  await loadStatements(session, statements)
}
