import type { GrantStmt } from '@pgsql/types'
import { nodeAs, stringsOf } from '../../sql/tree.js'
import { keyOf } from '../is-made-again.js'
import type { Known } from '../known/known.js'

/**
 * What a GRANT lets people do who are not let in by name: `write` is whatever changes something or gives all; nothing
 * where they may do it anyway (EXECUTE on an ordinary function, USAGE of a type or a schema).
 */
export function exposedByGrant(grant: GrantStmt, known: Known): 'read' | 'write' | undefined {
  const names = privileges(grant)
  const has = (...wanted: string[]) => names.length === 0 || names.some((name) => wanted.includes(name))
  switch (grant.objtype) {
    case 'OBJECT_TABLE':
    case undefined:
      return names.length === 0 || names.some((name) => name !== 'select') ? 'write' : 'read'
    case 'OBJECT_SEQUENCE':
      return has('update') ? 'write' : undefined
    case 'OBJECT_SCHEMA':
    case 'OBJECT_DATABASE':
      return has('create') ? 'write' : undefined
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
      return isDefiner(grant, known) ? 'write' : undefined
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
    case 'OBJECT_LANGUAGE':
      return undefined
    default:
      return 'write'
  }
}

/** In lower case; none: ALL. */
export function privileges({ privileges = [] }: GrantStmt): string[] {
  return privileges.flatMap((each) => nodeAs(each, 'AccessPriv')?.priv_name?.toLowerCase() ?? [])
}

function isDefiner({ objects = [] }: GrantStmt, known: Known): boolean {
  return objects.some((object) => {
    const parts = stringsOf(nodeAs(object, 'ObjectWithArgs')?.objname)
    return known.functions.get(keyOf(parts))?.some(({ securityDefiner }) => securityDefiner)
  })
}
