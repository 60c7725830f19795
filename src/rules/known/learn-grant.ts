import type { GrantStmt, Node, RoleSpec } from '@pgsql/types'
import { nodeAs, stringsOf } from '../../sql/tree.js'
import { keyOf, placeOf, type Relation, type State } from './state.js'

/** Who may do what after a GRANT or a REVOKE. */
export function learnGrant(state: State, grant: GrantStmt): void {
  const roles = (grant.grantees ?? []).flatMap((each) => nodeAs(each, 'RoleSpec') ?? [])
  const all = grant.targtype === 'ACL_TARGET_ALL_IN_SCHEMA'
  for (const object of grant.objects ?? []) {
    if (FUNCTIONS.has(grant.objtype ?? '')) learnExecute(state, grant, object, roles)
    else if (all) grantInSchema(state, grant, nodeAs(object, 'String')?.sval ?? '', roles)
    else grantOn(state.relation(nodeAs(object, 'RangeVar')), grant, roles)
  }
}

const FUNCTIONS = new Set(['OBJECT_FUNCTION', 'OBJECT_PROCEDURE', 'OBJECT_ROUTINE'])

function grantInSchema(state: State, grant: GrantStmt, schema: string, roles: readonly RoleSpec[]): void {
  if (grant.objtype !== 'OBJECT_TABLE') return
  for (const relation of state.relations.values())
    if (relation.schema === schema) grantOn(relation, grant, roles)
}

function grantOn(relation: Relation | undefined, grant: GrantStmt, roles: readonly RoleSpec[]): void {
  if (!relation || grant.objtype !== 'OBJECT_TABLE') return
  const names = (grant.privileges ?? []).flatMap((each) => nodeAs(each, 'AccessPriv')?.priv_name ?? [])
  const privileges = names.length > 0 ? names : ['all']
  for (const role of roles.map(roleName)) {
    const held = relation.grants.get(role) ?? new Set<string>()
    if (!grant.is_grant && privileges.includes('all')) held.clear()
    for (const each of privileges) grant.is_grant ? held.add(each) : held.delete(each)
    relation.grants.set(role, held)
  }
}

function learnExecute(state: State, grant: GrantStmt, object: Node, roles: readonly RoleSpec[]): void {
  if (!roles.some((role) => roleName(role) === 'public')) return
  const one = stringsOf(nodeAs(object, 'ObjectWithArgs')?.objname)
  const schema = nodeAs(object, 'String')?.sval
  const keys = schema === undefined ? [keyOf(placeOf(state, one))] : [...state.functions.keys()]
  for (const key of keys) {
    if (schema !== undefined && !key.startsWith(`${schema}.`)) continue
    const functions = state.functions.get(key)
    if (functions)
      state.functions.set(
        key,
        functions.map((each) => ({ ...each, revokedFromPublic: !grant.is_grant })),
      )
  }
}

function roleName({ roletype, rolename }: RoleSpec): string {
  return roletype === 'ROLESPEC_PUBLIC' ? 'public' : (rolename ?? roletype ?? '')
}
