import type { ColumnDef, Constraint, CreateForeignTableStmt, CreateStmt } from '@pgsql/types'
import type { Deed, Made, Name, Reach } from '../../model/reach.js'
import { showName } from '../relation-name.js'
import { nodeAs, stringsOf } from '../tree.js'
import { nodesOf } from '../walk-tree.js'
import { mergeReach } from './merge-reach.js'
import { nameOf } from './name-of.js'
import { madeOf } from './reach-of-tree.js'

/** CREATE TABLE: nothing of it runs before there are rows. */
export function reachOfTable({ relation = {}, tableElts = [], inhRelations = [] }: CreateStmt): Reach {
  const name = nameOf(relation)
  const columns = tableElts.flatMap((element) => nodeAs(element, 'ColumnDef') ?? [])
  const copied = tableElts.flatMap((element) => nodeAs(element, 'TableLikeClause')?.relation ?? [])
  const parents = inhRelations.flatMap((parent) => nodeAs(parent, 'RangeVar') ?? []).map(nameOf)
  const own = tableElts.filter((element) => !('ColumnDef' in element) && !('TableLikeClause' in element))
  const makes = [
    ...columns.flatMap((column) => columnMade(name, column)),
    ...madeOf({ name, on: FILLING, where: `in ${showName(name)}` }, own),
    ...copied.map((from) => takesAfter(name, nameOf(from))),
    ...parents.flatMap((parent) => childMade(parent, name)),
    ...foreignKeysMade(name, tableElts),
  ]
  const sequences = columns.filter(isNumbered).map((column) => sequenceOf(name, column))
  return {
    creates: [name],
    ...(makes.length > 0 ? { makes } : {}),
    ...(sequences.length > 0 ? { sequences } : {}),
  }
}

/** Whatever is written to it leaves the database. */
export function reachOfForeignTable({ base = {}, options = [] }: CreateForeignTableStmt): Reach {
  const given = options.map((option) => nodeAs(option, 'DefElem')?.defname)
  return mergeReach([
    reachOfTable(base),
    { makes: foreignMade(nameOf(base.relation ?? {}), given.includes('program')) },
  ])
}

export function foreignMade(name: Name, runsProgram: boolean): Made[] {
  const where = `in the foreign table ${showName(name)}`
  const write = { unknown: ['it can not be told what writing to another place leaves there'] }
  const writes: Made = {
    kind: 'relation',
    name,
    on: ['insert', 'update', 'delete', 'truncate'],
    where,
    reach: () => write,
  }
  const read = { escapes: ["a program runs on the server's machine"] }
  return runsProgram ? [writes, { kind: 'relation', name, where, reach: () => read }] : [writes]
}

/** Deeds at which rows are checked and computed. */
export const FILLING: readonly Deed[] = ['insert', 'update', 'alter']

/** What runs when a column is filled: its default where it is given none, its checks in any case. */
export function columnMade(table: Name, column: ColumnDef): Made[] {
  const { colname = '', typeName, constraints = [], raw_default } = column
  const isDefault = (node: unknown) => nodeAs(node, 'Constraint')?.contype === 'CONSTR_DEFAULT'
  const others = constraints.filter((constraint) => !isDefault(constraint))
  return [
    ...defaultMade(table, colname, [...constraints.filter(isDefault), raw_default]),
    ...madeOf({ name: table, on: FILLING, where: `in ${showName([...table, colname])}` }, [
      { TypeName: typeName ?? {} },
      ...others.filter((each) => nodeAs(each, 'Constraint')?.contype !== 'CONSTR_FOREIGN'),
    ]),
  ]
}

export function defaultMade(table: Name, column: string, expression: unknown, place?: number): Made[] {
  const where = `by the default of ${showName([column])} in ${showName(table)}`
  const made = { name: table, on: ['insert', 'update'] as const, column, where }
  return madeOf({ ...made, ...(place === undefined ? {} : { place }) }, expression)
}

/** What is made LIKE another may have its defaults. */
function takesAfter(table: Name, from: Name): Made {
  const reach: Reach = { uses: [{ relation: from, does: 'insert' }] }
  return {
    kind: 'relation',
    name: table,
    on: ['insert', 'update'],
    where: `in ${showName(table)}`,
    reach: () => reach,
  }
}

/** What is done to a table is done to its partitions and children; a row that is changed may move to another. */
export function childMade(parent: Name, child: Name): Made[] {
  const where = `in ${showName(child)}`
  const deeds: readonly Deed[] = ['read', 'insert', 'update', 'delete', 'truncate', 'alter', 'analyze']
  return deeds.map((does) => {
    const done: readonly Deed[] = does === 'update' ? ['update', 'insert', 'delete'] : [does]
    const uses = done.map((each) => ({ relation: child, does: each, defaults: { only: [] } }))
    return { kind: 'relation', name: parent, part: child, on: [does], where, reach: () => ({ uses }) }
  })
}

/** Foreign keys that change rows of the table that has them. */
export function foreignKeysMade(table: Name, root: unknown): Made[] {
  return [...nodesOf({ node: '', tree: [root] }, 'Constraint')]
    .filter(({ contype }) => contype === 'CONSTR_FOREIGN')
    .flatMap((constraint) => foreignKeyMade(table, constraint))
}

function foreignKeyMade(table: Name, { pktable, ...constraint }: Constraint): Made[] {
  const { conname, fk_del_action = 'a', fk_upd_action = 'a' } = constraint
  return pktable ? actionsMade(nameOf(pktable), table, conname, fk_del_action, fk_upd_action) : []
}

/** @param onDelete as `pg_constraint.confdeltype`: `c` cascades, `n` sets NULL, `d` the default */
export function actionsMade(
  pointed: Name,
  table: Name,
  constraint: string | undefined,
  onDelete: string,
  onUpdate: string,
): Made[] {
  const where = `by the foreign key ${constraint ? `${showName([constraint])} ` : ''}of ${showName(table)}`
  const made = (on: Deed, does: Deed, action: string): Made[] => {
    if (!'cnd'.includes(action)) return []
    const done = action === 'c' ? does : 'update'
    const defaults = action === 'd' ? {} : { defaults: { only: [] } }
    const reach: Reach = { uses: [{ relation: table, does: done, ...defaults }] }
    return [{ kind: 'relation', name: pointed, on: [on], where, reach: () => reach }]
  }
  return [...made('delete', 'delete', onDelete), ...made('update', 'update', onUpdate)]
}

/** It has a sequence of its own. */
export function isNumbered({ typeName, constraints = [] }: ColumnDef): boolean {
  const type = stringsOf(typeName?.names).at(-1) ?? ''
  return (
    /^(big|small)?serial[248]?$/.test(type) ||
    constraints.some((each) => nodeAs(each, 'Constraint')?.contype === 'CONSTR_IDENTITY')
  )
}

/** As the server names it, unless that is taken or too long. */
export function sequenceOf(table: Name, { colname = '' }: ColumnDef): Name {
  return [...table.slice(0, -1), `${table.at(-1)}_${colname}_seq`]
}
