import type { Node } from '@pgsql/types'
import { nodeAs } from '../../sql/tree.js'

/** Names of roles as a statement has them, in lower case for PUBLIC: `public`, `anon`, `CURRENT_USER`. */
export function roles(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).map((node) => {
    const { roletype, rolename } = nodeAs(node, 'RoleSpec') ?? {}
    return roletype === 'ROLESPEC_PUBLIC' ? 'public' : (rolename ?? roletype?.replace('ROLESPEC_', '') ?? '')
  })
}
