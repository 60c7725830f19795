import { quoteIdentifier, quoteLiteral } from '../../../sql/identifier.js'
import { ROLE_COMMENT, type Shadow } from '../shadow.js'
import type { SourceFacts, SourceRole } from './source-facts.js'

/** What is asked of a shadow. */
type Kind = Pick<Shadow, 'isShared' | 'ownRole' | 'major'>

/**
 * SQL that makes the roles of the target on a shadow, none of whom may log in. On a server of our own they get the rights
 * and memberships of the target's, all but those that reach out of a database; on others' they are names.
 *
 * @param present names that the server has already
 */
export function roleStatements(facts: SourceFacts, present: ReadonlySet<string>, shadow: Kind): string[] {
  const missing = facts.roles.filter(({ name }) => !present.has(name))
  const made = missing.flatMap(({ name }) => makeRole(quoteIdentifier(name), shadow))
  return shadow.ownRole ? [...made, ...rightsOf(facts)] : made
}

function makeRole(name: string, { isShared }: Kind): string[] {
  const create = `CREATE ROLE ${name} NOLOGIN;`
  // Who makes a role may not give objects to it without being in it.
  return isShared
    ? [create, `COMMENT ON ROLE ${name} IS ${quoteLiteral(ROLE_COMMENT)};`, `GRANT ${name} TO CURRENT_USER;`]
    : [create]
}

function rightsOf({ roles, members, role }: SourceFacts): string[] {
  const known = new Set(roles.map(({ name }) => name))
  const own = roles.find(({ name }) => name === role)
  return [
    ...roles.map(attributesOf),
    ...members
      .filter((one) => known.has(one.role) || isHarmless(one.role))
      .map((one) => grant(one.role, one.member, one.admin)),
    ...(own?.superuser ? likeSuperuser(roles, role) : []),
  ]
}

/** No role on the shadow is a superuser. The nearest to it stands in. */
function attributesOf(role: SourceRole): string {
  const has = (attribute: string, is: boolean) => `${is || role.superuser ? '' : 'NO'}${attribute}`
  return `ALTER ROLE ${quoteIdentifier(role.name)} ${[
    has('CREATEDB', role.createdb),
    has('CREATEROLE', role.createrole),
    has('BYPASSRLS', role.bypassrls),
    `${role.inherit ? '' : 'NO'}INHERIT`,
  ].join(' ')};`
}

/** They start programs and read files of the machine. */
const REACHES_OUT = new Set(['pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'])

function isHarmless(role: string): boolean {
  return role.startsWith('pg_') && !REACHES_OUT.has(role)
}

function grant(role: string, member: string, admin: boolean): string {
  return `GRANT ${quoteIdentifier(role)} TO ${quoteIdentifier(member)}${admin ? ' WITH ADMIN OPTION' : ''};`
}

function likeSuperuser(roles: readonly SourceRole[], role: string): string[] {
  return [
    ...roles.filter(({ name }) => name !== role).map(({ name }) => grant(name, role, true)),
    ...['pg_read_all_data', 'pg_write_all_data', 'pg_monitor', 'pg_signal_backend', 'pg_checkpoint'].map(
      (one) => grant(one, role, true),
    ),
    ...SETTABLE.map((name) => `GRANT SET ON PARAMETER ${name} TO ${quoteIdentifier(role)};`),
  ]
}

/** Settings of superusers that migrations set, and that reach no file. */
const SETTABLE = [
  ...['session_replication_role', 'deadlock_timeout', 'log_min_duration_statement', 'log_statement'],
  ...['temp_file_limit', 'track_functions', 'lc_messages'],
]
