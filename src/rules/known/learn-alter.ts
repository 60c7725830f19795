import type { AlterTableCmd } from '@pgsql/types'
import { tableConstraint } from '../../sql/defined-constraints.js'
import { nodeAs, stringsOf, treeAs } from '../../sql/tree.js'
import { typeName } from '../../sql/type-name.js'
import type { KnownConstraint, Made } from './known.js'
import { addColumn, addConstraint, setColumn } from './make-relation.js'
import { keyOf, partsOf, type Relation, type State } from './state.js'

/** What an ALTER TABLE, or a statement that shares its tree, changes. */
export function learnAlter(
  state: State,
  statement: { readonly node: string; readonly tree: object },
  made: Made,
): void {
  const tree = treeAs(statement, 'AlterTableStmt')
  const relation = state.relation(tree?.relation)
  if (!relation) return
  for (const node of tree?.cmds ?? []) {
    const command = nodeAs(node, 'AlterTableCmd')
    if (command) CHANGES[command.subtype ?? '']?.(relation, command, state, made)
  }
}

type Change = (table: Relation, command: AlterTableCmd, state: State, made: Made) => void

const CHANGES: Readonly<Record<string, Change>> = {
  AT_AddColumn(table, { def }, state, made) {
    const column = nodeAs(def, 'ColumnDef')
    if (column && !table.columns.has(column.colname ?? '')) addColumn(state, table, column, made)
  },
  AT_DropColumn(table, { name = '' }) {
    table.columns.delete(name)
    table.constraints = table.constraints.filter(({ columns }) => !columns.includes(name))
    table.indexes = table.indexes.filter(({ columns }) => !columns.includes(name))
  },
  AT_AlterColumnType(table, { name = '', def }) {
    const type = typeName(nodeAs(def, 'ColumnDef')?.typeName)
    if (type !== undefined) setColumn(table, name, { type })
  },
  AT_ColumnDefault(table, { name = '', def }) {
    setColumn(table, name, { hasDefault: def !== undefined })
  },
  AT_SetNotNull(table, { name = '' }) {
    setColumn(table, name, { notNull: true })
  },
  AT_DropNotNull(table, { name = '' }) {
    setColumn(table, name, { notNull: false })
  },
  AT_AddConstraint(table, { def }, state, made) {
    const constraint = nodeAs(def, 'Constraint')
    if (constraint) addConstraint(state, table, tableConstraint(constraint), made)
  },
  AT_ValidateConstraint(table, { name }) {
    table.constraints = table.constraints.map((each) =>
      each.name === name && name !== undefined ? { ...each, valid: true } : each,
    )
  },
  AT_DropConstraint(table, { name }) {
    table.constraints = table.constraints.filter((each) => !isNamed(table, each, name))
  },
  AT_EnableRowSecurity(table) {
    table.rls = true
  },
  AT_DisableRowSecurity(table) {
    table.rls = false
  },
  AT_ForceRowSecurity(table) {
    table.rlsForced = true
  },
  AT_NoForceRowSecurity(table) {
    table.rlsForced = false
  },
  AT_SetRelOptions(table, { def }) {
    const invoker = isOn(nodeAs(def, 'List')?.items, 'security_invoker')
    if (invoker !== undefined) table.securityInvoker = invoker
  },
  AT_ResetRelOptions(table, { def }) {
    if (isOn(nodeAs(def, 'List')?.items, 'security_invoker') !== undefined) table.securityInvoker = false
  },
  AT_AttachPartition(table, { def }, state) {
    const partition = state.relation(nodeAs(def, 'PartitionCmd')?.name)
    if (partition) partition.partitionOf = keyOf(table)
  },
  AT_DetachPartition(_table, { def }, state) {
    const partition = state.relation(nodeAs(def, 'PartitionCmd')?.name)
    if (partition) delete partition.partitionOf
  },
  AT_AddInherit(table, { def }, state) {
    const parent = nodeAs(def, 'RangeVar')
    for (const [name, column] of state.named(parent ? partsOf(parent) : [])?.columns ?? [])
      if (!table.columns.has(name)) table.columns.set(name, column)
  },
}

/** Whether an option is on in a list of them; undefined where it is not in it. */
export function isOn(options: readonly unknown[] | undefined, name: string): boolean | undefined {
  const option = (options ?? [])
    .map((each) => nodeAs(each, 'DefElem'))
    .find((each) => each?.defname?.toLowerCase() === name)
  if (option === undefined) return undefined
  if (option.arg === undefined) return true
  const number = nodeAs(option.arg, 'Integer')
  if (number) return number.ival === 1
  // Words that are no key words, `off` among them, are read as names of types.
  const word = nodeAs(option.arg, 'String')?.sval ?? stringsOf(nodeAs(option.arg, 'TypeName')?.names).at(-1)
  return ['on', 'true', 'yes', '1', 't', 'y'].includes((word ?? '').toLowerCase())
}

/** A constraint without a name is called as the server calls it. */
function isNamed(table: Relation, constraint: KnownConstraint, name: string | undefined): boolean {
  const { columns, kind } = constraint
  const shown = kind === 'primary-key' || (kind === 'check' && columns.length !== 1) ? [] : columns
  const given = constraint.name ?? [table.name, ...shown, SUFFIXES[kind]].join('_')
  return given === name
}

const SUFFIXES: Readonly<Record<KnownConstraint['kind'], string>> = {
  check: 'check',
  unique: 'key',
  'primary-key': 'pkey',
  'foreign-key': 'fkey',
  exclusion: 'excl',
  'not-null': 'not_null',
}
