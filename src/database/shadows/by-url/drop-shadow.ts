import type { Session } from '../../../model/session.js'
import { quoteIdentifier } from '../../../sql/identifier.js'
import type { Door } from '../../open-session.js'
import { dropMarkedRoles, dropNewRoles } from './drop-roles.js'
import type { ShadowServer } from './read-server.js'

/** A connection that was idle for as long as the rehearsal took may be gone, and the next one can break too. */
const TRIES = 3

/**
 * Drops a shadow's database, and the roles that came with it, and closes the session. Throws nothing: what can't be
 * dropped now, because the server is gone or out of reach, is dropped by a later run's sweep.
 */
export async function dropShadow(
  admin: Session,
  door: Door,
  database: string,
  server: ShadowServer,
): Promise<void> {
  let session: Session | undefined = admin
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    session ??= await door.open(() => {}).catch(() => undefined)
    const isDone = session !== undefined && (await drop(session, database, server))
    await session?.[Symbol.asyncDispose]()
    if (isDone) return
    session = undefined
  }
}

/** @returns whether the server has answered */
async function drop(session: Session, database: string, server: ShadowServer): Promise<boolean> {
  const name = quoteIdentifier(database)
  let { error, state } = await session.send(`DROP DATABASE IF EXISTS ${name} WITH (FORCE);`)
  // A role that is no superuser may not end an autovacuum there. Without FORCE the server does it.
  if (error && state !== 'lost') ({ error, state } = await session.send(`DROP DATABASE IF EXISTS ${name};`))
  if (state === 'lost') return false
  await dropMarkedRoles(session)
  await dropNewRoles(session, server.roles)
  return true
}
