import type { BackupManifest } from '../model/backup.js'
import { quoteLiteral } from '../sql/identifier.js'
import type { Ask } from './read-contents.js'

/** What a server lacks for a backup's owners and rights. */
export interface RoleFacts {
  /** Roles that are not there. */
  readonly missing: readonly string[]
  /** Owners that are there, and that the role which restores is not in: it can give them nothing. */
  readonly notIn: readonly string[]
}

/** @throws Error with the server's words */
export async function readRoles(
  ask: Ask,
  { owners, roles }: Pick<BackupManifest, 'owners' | 'roles'>,
): Promise<RoleFacts> {
  const all = [...new Set([...owners, ...roles])]
  if (all.length === 0) return { missing: [], notIn: [] }
  const [rows = []] = await ask(
    `SELECT rolname, pg_catalog.pg_has_role(oid, 'MEMBER')::text FROM pg_catalog.pg_roles WHERE rolname IN (${all.map(quoteLiteral).join(', ')});`,
  )
  const found = new Map(rows.map(([name, isIn]) => [name ?? '', isIn === 'true']))
  return {
    missing: all.filter((name) => !found.has(name)),
    notIn: owners.filter((name) => found.get(name) === false),
  }
}
