import { ConnectionError } from '../../../model/connection-error.js'
import type { Session } from '../../../model/session.js'
import { quoteIdentifier } from '../../../sql/identifier.js'
import type { Door } from '../../open-session.js'
import { dropMarkedRoles, dropNewRoles } from './drop-roles.js'
import type { ShadowServer } from './read-server.js'

/** A connection that was idle for as long as the rehearsal took may be gone, and a server may be starting again. */
const WITHIN_MS = 10_000
const PAUSE_MS = 200

/**
 * Drops a shadow's database, and the roles that came with it, and closes the session. Throws nothing: what can't be
 * dropped now, because the server is gone or out of reach, is dropped by a later run's sweep.
 *
 * @param made names of roles that files gave on it
 */
export async function dropShadow(
  admin: Session,
  door: Door,
  database: string,
  server: ShadowServer,
  made: ReadonlySet<string> = new Set(),
): Promise<void> {
  const limit = Date.now() + WITHIN_MS
  let session: Session | undefined = admin
  while (session) {
    const isDone = await drop(session, database, server, made)
    await session[Symbol.asyncDispose]()
    session = isDone ? undefined : await openUntil(limit, door)
  }
}

/** Undefined where nobody answers, or nobody will. */
async function openUntil(limit: number, door: Door): Promise<Session | undefined> {
  while (Date.now() < limit) {
    try {
      return await door.open(() => {})
    } catch (error) {
      const passes = error instanceof ConnectionError && ['cut', 'starting'].includes(error.trouble)
      if (!passes) return undefined
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
  return undefined
}

/** @returns whether the server has answered */
async function drop(
  session: Session,
  database: string,
  server: ShadowServer,
  made: ReadonlySet<string>,
): Promise<boolean> {
  const name = quoteIdentifier(database)
  let { error, state } = await session.send(`DROP DATABASE IF EXISTS ${name} WITH (FORCE);`)
  // A role that is no superuser may not end an autovacuum there. Without FORCE the server does it.
  if (error && state !== 'lost') ({ error, state } = await session.send(`DROP DATABASE IF EXISTS ${name};`))
  if (state === 'lost') return false
  await dropMarkedRoles(session)
  await dropNewRoles(session, server.roles, made)
  return true
}
