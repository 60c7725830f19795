import type { ColumnDef, CreateStmt, Node, RangeVar } from '@pgsql/types'
import {
  columnConstraints,
  constraintsIn,
  type DefinedConstraint,
  tableConstraint,
} from '../../sql/defined-constraints.js'
import { nodeAs } from '../../sql/tree.js'
import { typeName } from '../../sql/type-name.js'
import type { KnownColumn, KnownConstraint, Made } from './known.js'
import { keyOf, partsOf, placeOf, type Relation, type State } from './state.js'

/** A relation without anything in it. */
export function makeRelation(
  state: State,
  name: RangeVar | undefined,
  kind: Relation['kind'],
  made: Made,
): Relation {
  return {
    ...made,
    ...placeOf(state, partsOf(name ?? {})),
    kind,
    temporary: name?.relpersistence === 't',
    columns: new Map(),
    constraints: [],
    indexes: [],
    rls: false,
    rlsForced: false,
    policies: [],
    securityInvoker: false,
    reads: [],
    grants: new Map(),
  }
}

/** A table as CREATE TABLE describes it. */
export function makeTable(state: State, tree: CreateStmt, kind: Relation['kind'], made: Made): Relation {
  const table = makeRelation(state, tree.relation, kind, made)
  const [parent] = tree.inhRelations ?? []
  const partitioned = tree.partbound ? nodeAs(parent, 'RangeVar') : undefined
  if (partitioned) table.partitionOf = keyOf(placeOf(state, partsOf(partitioned)))
  for (const element of tree.tableElts ?? []) addElement(state, table, element, made)
  return table
}

function addElement(state: State, table: Relation, element: Node, made: Made): void {
  const column = nodeAs(element, 'ColumnDef')
  if (column) addColumn(state, table, column, made)
  const constraint = nodeAs(element, 'Constraint')
  if (constraint) addConstraint(state, table, tableConstraint(constraint), made)
  const like = state.relation(nodeAs(element, 'TableLikeClause')?.relation)
  for (const [name, each] of like?.columns ?? []) table.columns.set(name, { ...each, made })
}

/** Adds a column, with what is written at it. */
export function addColumn(state: State, table: Relation, definition: ColumnDef, made: Made): void {
  const constraints = constraintsIn(definition.constraints)
  const has = (kind: string) => constraints.some(({ contype }) => contype === kind)
  const type = typeName(definition.typeName)
  const name = definition.colname ?? ''
  table.columns.set(name, {
    name,
    ...(type === undefined ? {} : { type }),
    notNull: has('CONSTR_NOTNULL') || has('CONSTR_PRIMARY') || has('CONSTR_IDENTITY'),
    hasDefault: has('CONSTR_DEFAULT') || has('CONSTR_IDENTITY') || has('CONSTR_GENERATED'),
    made,
    definition,
  })
  for (const each of columnConstraints(definition)) addConstraint(state, table, each, made)
}

/** Adds a constraint, with the index it brings; of a primary key the columns become NOT NULL. */
export function addConstraint(state: State, table: Relation, defined: DefinedConstraint, made: Made): void {
  const { constraint, columns } = defined
  const kind = KINDS[constraint.contype ?? '']
  if (kind === undefined) return
  const { conname: name, pktable } = constraint
  table.constraints.push({
    ...(name === undefined ? {} : { name }),
    kind,
    valid: constraint.skip_validation !== true,
    columns,
    ...(pktable ? { references: keyOf(placeOf(state, partsOf(pktable))) } : {}),
    definition: constraint,
    made,
  })
  if (kind === 'primary-key' || kind === 'not-null')
    for (const column of columns) setColumn(table, column, { notNull: true })
  if (kind !== 'primary-key' && kind !== 'unique') return
  // With USING INDEX it is there already, and its columns are not named.
  if (constraint.indexname !== undefined) return
  const index = { unique: true, columns, method: 'btree', partial: false, made }
  table.indexes.push(name === undefined ? index : { ...index, name })
}

/** Changes what is known of a column, where it is known. */
export function setColumn(table: Relation, name: string, change: Partial<KnownColumn>): void {
  const column = table.columns.get(name)
  if (column) table.columns.set(name, { ...column, ...change })
}

const KINDS: Readonly<Record<string, KnownConstraint['kind']>> = {
  CONSTR_CHECK: 'check',
  CONSTR_UNIQUE: 'unique',
  CONSTR_PRIMARY: 'primary-key',
  CONSTR_FOREIGN: 'foreign-key',
  CONSTR_EXCLUSION: 'exclusion',
  CONSTR_NOTNULL: 'not-null',
}
