import type { AlterEnumStmt, AlterPolicyStmt, IndexStmt, VariableSetStmt, ViewStmt } from '@pgsql/types'
import { type NodeKind, type NodeOf, nodeAs, stringsOf } from '../../sql/tree.js'
import type { Made } from './known.js'
import { isOn, learnAlter } from './learn-alter.js'
import { learnDrop } from './learn-drop.js'
import { changeFunctions, learnFunction } from './learn-function.js'
import { learnGrant } from './learn-grant.js'
import { learnRename, learnSetSchema } from './learn-rename.js'
import { makeRelation, makeTable } from './make-relation.js'
import { relationsRead } from './relations-read.js'
import { keyOf, placeOf, type Relation, type State, USUAL_PATH } from './state.js'

/** Takes note of what a statement makes and changes. What it does to things that are not known is not. */
export function learn(
  state: State,
  statement: { readonly node: string; readonly tree: object },
  made: Made,
): void {
  LESSONS[statement.node as NodeKind]?.(state, statement.tree as never, made, statement)
}

type Lesson<Kind extends NodeKind> = (
  state: State,
  tree: NodeOf<Kind>,
  made: Made,
  statement: { readonly node: string; readonly tree: object },
) => void

const LESSONS: { readonly [Kind in NodeKind]?: Lesson<Kind> } = {
  CreateStmt: (state, tree, made) => add(state, makeTable(state, tree, 'table', made), tree.if_not_exists),
  CreateForeignTableStmt: (state, { base }, made) =>
    base && add(state, makeTable(state, base, 'foreign-table', made), base.if_not_exists),
  CreateTableAsStmt(state, { into, objtype, query, if_not_exists }, made) {
    const kind = objtype === 'OBJECT_MATVIEW' ? 'matview' : 'table'
    const reads = kind === 'matview' ? relationsRead(query) : []
    add(state, { ...makeRelation(state, into?.rel, kind, made), reads }, if_not_exists)
  },
  CreateSeqStmt: (state, { sequence, if_not_exists }, made) =>
    add(state, makeRelation(state, sequence, 'sequence', made), if_not_exists),
  ViewStmt: learnView,
  IndexStmt: learnIndex,
  AlterTableStmt: (state, _tree, made, statement) => learnAlter(state, statement, made),
  DropStmt: learnDrop,
  RenameStmt: learnRename,
  AlterObjectSchemaStmt: learnSetSchema,
  CreateEnumStmt: (state, { typeName, vals }, made) =>
    addType(state, stringsOf(typeName), 'enum', made, stringsOf(vals)),
  AlterEnumStmt: changeEnum,
  CreateDomainStmt(state, definition, made) {
    const place = placeOf(state, stringsOf(definition.domainname))
    state.types.set(keyOf(place), { ...made, ...place, kind: 'domain', values: [], definition })
  },
  CompositeTypeStmt: (state, { typevar }, made) =>
    addType(state, [typevar?.schemaname ?? [], typevar?.relname ?? ''].flat(), 'composite', made),
  CreateRangeStmt: (state, { typeName }, made) => addType(state, stringsOf(typeName), 'range', made),
  CreateSchemaStmt(state, { schemaname = '', schemaElts = [] }, made) {
    if (!state.schemas.has(schemaname)) state.schemas.set(schemaname, made)
    const { searchPath } = state
    state.searchPath = [schemaname]
    for (const each of schemaElts) {
      for (const [node, tree] of Object.entries(each)) learn(state, { node, tree: tree as object }, made)
    }
    state.searchPath = searchPath
  },
  CreatePolicyStmt(state, tree, made) {
    state.relation(tree.table)?.policies.push({ name: tree.policy_name ?? '', definition: tree, made })
  },
  AlterPolicyStmt: changePolicy,
  CreateFunctionStmt: learnFunction,
  AlterFunctionStmt: (state, { func, actions }) => changeFunctions(state, stringsOf(func?.objname), actions),
  GrantStmt: learnGrant,
  VariableSetStmt: learnPath,
}

function add(state: State, relation: Relation, ifNotExists: boolean | undefined): void {
  const key = keyOf(relation)
  if (!ifNotExists || !state.relations.has(key)) state.relations.set(key, relation)
}

function addType(
  state: State,
  parts: readonly string[],
  kind: 'enum' | 'domain' | 'composite' | 'range',
  made: Made,
  values: readonly string[] = [],
): void {
  const type = { ...made, ...placeOf(state, parts), kind, values }
  state.types.set(keyOf(type), type)
}

function changeEnum(state: State, tree: AlterEnumStmt): void {
  const { oldVal, newVal, newValNeighbor: neighbor, newValIsAfter } = tree
  const type = state.type(stringsOf(tree.typeName))
  if (!type || newVal === undefined || type.values.includes(newVal)) return
  const renamed = type.values.map((each) => (each === oldVal ? newVal : each))
  const place = neighbor === undefined ? -1 : type.values.indexOf(neighbor)
  const at = place === -1 ? type.values.length : place + (newValIsAfter ? 1 : 0)
  const values = oldVal === undefined ? type.values.toSpliced(at, 0, newVal) : renamed
  state.types.set(keyOf(type), { ...type, values })
}

function changePolicy(state: State, tree: AlterPolicyStmt, made: Made): void {
  const table = state.relation(tree.table)
  if (!table) return
  const { roles, qual, with_check: check } = tree
  const changed = {
    ...(roles ? { roles } : {}),
    ...(qual ? { qual } : {}),
    ...(check ? { with_check: check } : {}),
  }
  table.policies = table.policies.map((each) =>
    each.name === tree.policy_name ? { ...each, definition: { ...each.definition, ...changed }, made } : each,
  )
}

function learnView(state: State, { view, query, options, replace }: ViewStmt, made: Made): void {
  const before = replace ? state.relation(view) : undefined
  const relation = makeRelation(state, view, 'view', before ?? made)
  relation.grants = before?.grants ?? new Map()
  relation.securityInvoker = isOn(options, 'security_invoker') ?? false
  state.relations.set(keyOf(relation), { ...relation, reads: relationsRead(query) })
}

function learnIndex(state: State, tree: IndexStmt, made: Made): void {
  const { idxname: name, unique = false, indexParams = [], accessMethod: method = 'btree' } = tree
  const table = state.relation(tree.relation)
  const columns = indexParams.map((each) => nodeAs(each, 'IndexElem')?.name)
  const index = { unique, columns, method, partial: tree.whereClause !== undefined, definition: tree, made }
  table?.indexes.push(name === undefined ? index : { ...index, name })
}

function learnPath(state: State, { kind, name, args = [] }: VariableSetStmt): void {
  if (name !== 'search_path') return
  const set = args.flatMap((each) => nodeAs(each, 'A_Const')?.sval?.sval ?? [])
  const path = set.flatMap((each) => each.split(',')).map((each) => each.trim().replace(/^"|"$/g, ''))
  const named = path.filter((each) => each !== '' && each !== '$user')
  state.searchPath = kind === 'VAR_SET_VALUE' && named.length > 0 ? named : USUAL_PATH
}
