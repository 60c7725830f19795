import type { Session } from '../../../model/session.js'
import { quoteIdentifier } from '../../../sql/identifier.js'
import { dropMarkedRoles } from './drop-roles.js'
import type { ShadowServer } from './read-server.js'
import { madeAt, SHADOW_NAMES } from './shadow-name.js'

/** A run that has just made its database may not have opened it yet. */
const YOUNG_S = 300

/**
 * Drops the databases that killed runs left: nobody has them open, and they are older than some minutes. What can't be
 * dropped stays; nothing is thrown.
 */
export async function sweepServer(session: Session, { now }: Pick<ShadowServer, 'now'>): Promise<void> {
  for (const name of await findClosed(session)) {
    const made = madeAt(name)
    if (made === undefined || now - made < YOUNG_S) continue
    await session.send(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)};`)
  }
  await dropMarkedRoles(session)
}

/** An autovacuum is nobody's session, and DROP DATABASE ends it. */
async function findClosed(session: Session): Promise<string[]> {
  const { results } = await session.send(`SELECT d.datname FROM pg_catalog.pg_database d
WHERE d.datname LIKE '${SHADOW_NAMES}'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a WHERE a.datid = d.oid AND a.usesysid IS NOT NULL);`)
  return (results.at(-1)?.rows ?? []).flatMap(([name]) => (name ? [name] : []))
}
