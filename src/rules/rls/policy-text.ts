import type { CreatePolicyStmt } from '@pgsql/types'
import { showName, showRelation } from '../../sql/relation-name.js'
import { nodeAs } from '../../sql/tree.js'

/** `Policy "own orders" on public.orders` */
export function showPolicy({ policy_name: name = '', table }: CreatePolicyStmt): string {
  return `Policy ${showName([name])} on ${showRelation(table)}`
}

/** The roles that a policy is for; `public` is everybody, and where none is named. */
export function policyRoles({ roles = [] }: Pick<CreatePolicyStmt, 'roles'>): string[] {
  const named = roles.flatMap((each) => {
    const role = nodeAs(each, 'RoleSpec')
    return role?.roletype === 'ROLESPEC_CSTRING' ? (role.rolename ?? []) : ['public']
  })
  return named.length > 0 ? named : ['public']
}

/** Somebody who comes through the API is among them. */
export function isForApi(policy: Pick<CreatePolicyStmt, 'roles'>): boolean {
  return policyRoles(policy).some((role) => API_ROLES.has(role))
}

/** Roles of Supabase and, by custom, of PostgREST. The service role and its kind pass by row level security. */
const API_ROLES: ReadonlySet<string> = new Set(['public', 'anon', 'authenticated', 'web_anon'])
