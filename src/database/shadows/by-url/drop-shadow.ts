import type { Session } from '../../../model/session.js'
import { quoteIdentifier } from '../../../sql/identifier.js'
import type { Door } from '../../open-session.js'
import { dropMarkedRoles, dropNewRoles } from './drop-roles.js'
import type { ShadowServer } from './read-server.js'

/**
 * Drops a shadow's database, and the roles that came with it. Throws nothing: what can't be dropped now, because the
 * server is gone or out of reach, is dropped by a later run's sweep.
 */
export async function dropShadow(
  admin: Session,
  door: Door,
  database: string,
  server: ShadowServer,
): Promise<void> {
  const session = await stillOpen(admin, door)
  if (!session) return
  await session.send(`DROP DATABASE IF EXISTS ${quoteIdentifier(database)} WITH (FORCE);`)
  await dropMarkedRoles(session)
  await dropNewRoles(session, server.roles)
  await session[Symbol.asyncDispose]()
}

/** It was idle for as long as the rehearsal took, which not every server and network lets be. */
async function stillOpen(admin: Session, door: Door): Promise<Session | undefined> {
  const { error } = await admin.send('SELECT 1;')
  if (!error) return admin
  await admin[Symbol.asyncDispose]()
  return door.open(() => {}).catch(() => undefined)
}
