import type { RenameStmt } from '@pgsql/types'
import type { Deed, Made, Name, Reach } from '../../model/reach.js'
import { showName } from '../relation-name.js'
import { nodeAs, stringsOf } from '../tree.js'
import { besides, nameOf } from './name-of.js'

/** RENAME runs nothing: what is known by the old name is known by the new one as well from here on. */
export function reachOfRename({ renameType, relation, object, newname = '' }: RenameStmt): Reach {
  if (renameType === 'OBJECT_SCHEMA') return { movesNames: true }
  const old = relation ? nameOf(relation) : stringsOf(nodeAs(object, 'ObjectWithArgs')?.objname)
  if (old.length === 0) {
    const type = stringsOf(nodeAs(object, 'List')?.items)
    return type.length > 0 ? { makes: relationAlias(besides(type, newname), type) } : {}
  }
  if (renameType === 'OBJECT_COLUMN') return { makes: [allDefaults(old)] }
  const name = besides(old, newname)
  return relation
    ? { creates: [name], makes: relationAlias(name, old) }
    : { makes: [functionAlias(name, old)] }
}

const DEEDS: readonly Deed[] = ['read', 'insert', 'update', 'delete', 'truncate', 'alter', 'analyze']

function relationAlias(name: Name, old: Name): Made[] {
  const where = `in ${showName(name)}, which was ${showName(old)}`
  return DEEDS.map((does) => {
    const reach: Reach = { uses: [{ relation: old, does }] }
    return { kind: 'relation', name, on: [does], where, reach: () => reach }
  })
}

/** A column that is given may be another than the one whose default is known. */
function allDefaults(name: Name): Made {
  const reach: Reach = { uses: [{ relation: name, does: 'insert' }] }
  return {
    kind: 'relation',
    name,
    on: ['insert', 'update'],
    where: `in ${showName(name)}, whose columns are renamed here`,
    reach: () => reach,
  }
}

function functionAlias(name: Name, old: Name): Made {
  const reach: Reach = { calls: [{ name: old }] }
  return { kind: 'function', name, where: `in ${showName(name)}()`, reach: () => reach }
}
