import { quoteIdentifier } from '../../../sql/identifier.js'
import { splitStatements } from '../../../sql/split-statements.js'
import type { Shadow } from '../shadow.js'
import { loadStatements, type Refused } from './load-statements.js'
import type { SchemaSource } from './schema-source.js'
import type { SourceFacts, SourceRole } from './source-facts.js'
import { SUPABASE_OBJECTS, SUPABASE_ROLES, SUPABASE_TABLES } from './supabase-prelude.js'

/**
 * Whether stand-ins for Supabase's own schemas belong on a shadow: where the target has those, so that nothing works on
 * it that fails on the target; or where they were asked for.
 */
export function wantsPrelude(
  { prelude }: Pick<SchemaSource, 'prelude'>,
  { platform }: Pick<SourceFacts, 'platform'>,
): boolean {
  return prelude === 'always' || (prelude === 'as-target' && platform.length > 0)
}

/** The target's roles, and those that the stand-ins need. */
export function withPreludeRoles(facts: SourceFacts): SourceFacts {
  const known = new Set(facts.roles.map(({ name }) => name))
  const missing: SourceRole[] = SUPABASE_ROLES.filter(({ name }) => !known.has(name)).map((role) => ({
    name: role.name,
    superuser: false,
    createdb: false,
    createrole: false,
    bypassrls: 'bypassrls' in role,
    inherit: true,
  }))
  return { ...facts, roles: [...facts.roles, ...missing] }
}

/** Makes the stand-ins on a shadow that has the roles. @returns what the server refused */
export async function loadPrelude(shadow: Shadow, { role }: Pick<SourceFacts, 'role'>): Promise<Refused[]> {
  await using session = await shadow.openAsOwner(() => {})
  const objects = splitStatements(SUPABASE_OBJECTS)
  const owner = quoteIdentifier(role)
  const owned = shadow.ownRole ? SUPABASE_TABLES.map((table) => `ALTER TABLE ${table} OWNER TO ${owner}`) : []
  const used = shadow.ownRole
    ? [
        `GRANT USAGE, CREATE ON SCHEMA auth, storage, realtime, extensions TO ${owner}`,
        `ALTER PUBLICATION supabase_realtime OWNER TO ${owner}`,
      ]
    : []
  return await loadStatements(session, [...objects, ...owned, ...used])
}

/** What is said of a shadow that has them. */
export const STAND_INS =
  'Supabase’s own schemas (auth, storage, realtime, extensions) are stand-ins on it: the tables, functions and roles that policies use, and nothing behind them.'
