import type { ColumnDef, Node } from '@pgsql/types'
import { showName } from '../../sql/relation-name.js'
import { nodeAs, stringsOf, treeAs } from '../../sql/tree.js'
import { nodesOf, walkTree } from '../../sql/walk-tree.js'
import { keyOf } from '../is-made-again.js'
import type { Known, KnownColumn, KnownConstraint, KnownRelation } from '../known/known.js'
import { relationsRead } from '../known/relations-read.js'
import { ROUTINES } from './is-new-object.js'

/** What the server refuses to leave behind when one thing goes, as a sentence has it: `view recent_orders`. */
export type Dependant = string

/**
 * What the files made that hangs on things, without what hangs on those again: views and policies that read a table,
 * foreign keys to it, policies, defaults and checks that call a function, columns of a type. What files do not tell
 * (a function's body, an object made by hand) is not among them.
 */
export function dependants(
  known: Known,
  type: string,
  names: readonly (readonly string[])[],
): readonly Dependant[] {
  if (READABLE.has(type)) return onRelations(known, new Set(names.map((parts) => keyInKnown(known, parts))))
  if (ROUTINES.has(type)) return names.flatMap((parts) => onFunction(known, parts))
  if (type === 'OBJECT_TYPE' || type === 'OBJECT_DOMAIN')
    return names.flatMap((parts) => onType(known, parts))
  return []
}

/** What hangs on a column: foreign keys to it, policies that name it, columns generated from it. */
export function columnDependants(known: Known, table: KnownRelation, column: string): readonly Dependant[] {
  const key = `${table.schema}.${table.name}`
  const primary = table.constraints.find(({ kind }) => kind === 'primary-key')?.columns ?? []
  const refersTo = ({ references, definition, columns }: KnownConstraint) =>
    references === key &&
    (definition.pk_attrs ? stringsOf(definition.pk_attrs) : primary).includes(column) &&
    !columns.includes(column)
  return [
    ...[...known.relations.values()].flatMap((each) =>
      each.constraints.filter(refersTo).map(({ name }) => foreignKey(each, name)),
    ),
    ...table.policies
      .filter(({ definition }) =>
        [definition.qual, definition.with_check].some((part) => namesColumn(part, column)),
      )
      .map(({ name }) => `policy ${showName([name])}`),
    ...[...table.columns.values()]
      .filter((each) => each.name !== column && generatedFrom(each, column))
      .map(({ name }) => `column ${showName([name])}`),
  ]
}

const READABLE = new Set(['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_FOREIGN_TABLE'])

function keyInKnown(known: Known, parts: readonly string[]): string {
  const relation = known.named(parts)
  return relation ? `${relation.schema}.${relation.name}` : keyOf(parts)
}

function onRelations(known: Known, gone: ReadonlySet<string>): Dependant[] {
  const found: Dependant[] = []
  for (const [key, relation] of known.relations) {
    if (gone.has(key)) continue
    const reads = relation.kind === 'view' || relation.kind === 'matview' ? relation.reads : []
    if (reads.some((each) => gone.has(each)))
      found.push(`${relation.kind === 'matview' ? 'materialized view' : 'view'} ${shown(relation)}`)
    for (const { references, name } of relation.constraints)
      if (references !== undefined && gone.has(references)) found.push(foreignKey(relation, name))
    for (const { name, definition } of relation.policies)
      if (readIn(definition).some((each) => gone.has(each)))
        found.push(`policy ${showName([name])} of ${shown(relation)}`)
  }
  return found
}

/** Read once a policy. */
function readIn(definition: object & { qual?: Node; with_check?: Node }): readonly string[] {
  const known = READ.get(definition)
  if (known) return known
  const read = relationsRead([definition.qual, definition.with_check])
  READ.set(definition, read)
  return read
}

const READ = new WeakMap<object, readonly string[]>()

function foreignKey(table: KnownRelation, name: string | undefined): Dependant {
  return name === undefined
    ? `a foreign key of ${shown(table)}`
    : `foreign key ${showName([name])} of ${shown(table)}`
}

function shown({ schema, name }: KnownRelation): string {
  return showName(schema === 'public' ? [name] : [schema, name])
}

/** Only of one that the files make, and of a name that no other has: which of several is called the text does not tell. */
function onFunction(known: Known, parts: readonly string[]): Dependant[] {
  const key = keyOf(parts)
  if (known.functions.get(key)?.length !== 1) return []
  const calls = (expression: Node | undefined) => functionsIn(expression).has(key)
  return [...known.relations.values()].flatMap((relation) => [
    ...relation.policies
      .filter(({ definition }) => [definition.qual, definition.with_check].some(calls))
      .map(({ name }) => `policy ${showName([name])} of ${shown(relation)}`),
    ...[...relation.columns.values()]
      .filter(({ definition }) => madeFrom(definition).some(calls))
      .map(({ name }) => `column ${showName([name])} of ${shown(relation)}`),
    ...relation.constraints
      .filter(({ kind, definition }) => kind === 'check' && calls(definition.raw_expr))
      .map(({ name }) =>
        name === undefined
          ? `a check of ${shown(relation)}`
          : `check ${showName([name])} of ${shown(relation)}`,
      ),
  ])
}

/** Keys of what an expression calls. Read once. */
function functionsIn(expression: Node | undefined): ReadonlySet<string> {
  if (!expression) return new Set()
  const known = CALLED.get(expression)
  if (known) return known
  const names = [...nodesOf({ node: '', tree: { expression } }, 'FuncCall')].map(({ funcname }) =>
    keyOf(stringsOf(funcname)),
  )
  const called = new Set(names)
  CALLED.set(expression, called)
  return called
}

const CALLED = new WeakMap<object, ReadonlySet<string>>()

/** What gives a column its value: its default, or what it is generated from. */
function madeFrom(definition: ColumnDef | undefined): (Node | undefined)[] {
  return (definition?.constraints ?? []).map((node) => {
    const { contype, raw_expr } = nodeAs(node, 'Constraint') ?? {}
    return contype === 'CONSTR_DEFAULT' || contype === 'CONSTR_GENERATED' ? raw_expr : undefined
  })
}

function onType(known: Known, parts: readonly string[]): Dependant[] {
  const type = known.type(parts)
  const names = new Set([showName(parts), ...(type ? [showName([type.schema, type.name])] : [])])
  if (!type || type.schema === 'public') names.add(showName(parts.slice(-1)))
  return [...known.relations.values()].flatMap((relation) =>
    [...relation.columns.values()]
      .filter((column) => names.has((column.type ?? '').replace(/(\[\])+$/, '')))
      .map(({ name }) => `column ${showName([name])} of ${shown(relation)}`),
  )
}

/** Outside of subqueries: in them the name may be another table's. */
function namesColumn(root: Node | undefined, column: string): boolean {
  for (const { node, tree } of walkTree({ root }, (visited) => visited.node !== 'SubLink')) {
    const { fields = [] } = treeAs({ node, tree }, 'ColumnRef') ?? {}
    if (fields.length === 1 && nodeAs(fields[0], 'String')?.sval === column) return true
  }
  return false
}

function generatedFrom({ definition }: KnownColumn, column: string): boolean {
  const isGenerated = definition?.constraints?.some(
    (node) => nodeAs(node, 'Constraint')?.contype === 'CONSTR_GENERATED',
  )
  return isGenerated === true && madeFrom(definition).some((value) => namesColumn(value, column))
}
