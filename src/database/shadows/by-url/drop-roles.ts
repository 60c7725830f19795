import type { Session } from '../../../model/session.js'
import { quoteIdentifier, quoteLiteral } from '../../../sql/identifier.js'
import { ROLE_COMMENT } from '../shadow.js'
import { SHADOW_NAMES } from './shadow-name.js'

/** Drops the roles that were made for shadows, where no shadow is left that may need them. Throws nothing. */
export async function dropMarkedRoles(session: Session): Promise<void> {
  await dropRoles(
    session,
    `pg_catalog.shobj_description(r.oid, 'pg_authid') = ${quoteLiteral(ROLE_COMMENT)}
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname LIKE '${SHADOW_NAMES}')`,
  )
}

/**
 * Drops the roles that a file made: new ones of a name that it was seen to give. Others who use the server may have made
 * the rest. Not where somebody else is on the server, whose they may be all the same. Throws nothing.
 *
 * @param before their oids
 * @param made names
 */
export async function dropNewRoles(
  session: Session,
  before: ReadonlySet<string>,
  made: ReadonlySet<string>,
): Promise<void> {
  if (made.size === 0) return
  const known = quoteLiteral(`{${[...before].join(',')}}`)
  const names = [...made].map(quoteLiteral).join(', ')
  // The server cuts names that are too long, and so does the cast.
  await dropRoles(
    session,
    `r.oid <> ALL (${known}::pg_catalog.oid[]) AND r.rolname !~ '^pg_' AND r.rolname = ANY (ARRAY[${names}]::pg_catalog.name[])
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity
    WHERE datid IS NOT NULL AND coalesce(backend_type, '${UNKNOWN}') = '${UNKNOWN}' AND pid <> pg_catalog.pg_backend_pid())`,
  )
}

/** Of sessions of other roles the kind may be hidden. */
const UNKNOWN = 'client backend'

async function dropRoles(session: Session, condition: string): Promise<void> {
  const { results } = await session.send(`SELECT r.rolname FROM pg_catalog.pg_roles r WHERE ${condition};`)
  for (const [name] of results.at(-1)?.rows ?? [])
    if (name) await session.send(`DROP ROLE IF EXISTS ${quoteIdentifier(name)};`)
}
