import type { Node, ResTarget } from '@pgsql/types'
import { type NodeKind, type NodeOf, nodeAs, stringsOf } from './tree.js'

/**
 * The name of a column that a query gives, as the server chooses it where none is written: `?column?` where nothing
 * suggests one. Undefined for a `*`. After `FigureColname` of PostgreSQL's `parse_target.c`.
 */
export function outputName({ name, val }: ResTarget): string | undefined {
  if (name !== undefined) return name
  const fields = nodeAs(val, 'ColumnRef')?.fields
  if (fields && nodeAs(fields.at(-1), 'A_Star')) return undefined
  return suggested(val)?.name ?? '?column?'
}

/** A weak name is used only where nothing below suggests a better one. */
interface Suggested {
  readonly name: string
  readonly weak?: true
}

function suggested(node: Node | undefined): Suggested | undefined {
  const [kind, tree] = Object.entries(node ?? {})[0] ?? []
  if (kind === undefined) return undefined
  const own = PLAIN[kind]
  return own === undefined ? NAMING[kind as NodeKind]?.(tree as never) : { name: own }
}

const PLAIN: Readonly<Record<string, string>> = {
  A_ArrayExpr: 'array',
  RowExpr: 'row',
  CoalesceExpr: 'coalesce',
  GroupingFunc: 'grouping',
  MergeSupportFunc: 'merge_action',
  XmlSerialize: 'xmlserialize',
  JsonParseExpr: 'json',
  JsonScalarExpr: 'json_scalar',
  JsonSerializeExpr: 'json_serialize',
  JsonObjectConstructor: 'json_object',
  JsonArrayConstructor: 'json_array',
  JsonArrayQueryConstructor: 'json_array',
  JsonObjectAgg: 'json_objectagg',
  JsonArrayAgg: 'json_arrayagg',
}

const NAMING: { readonly [Kind in NodeKind]?: (tree: NodeOf<Kind>) => Suggested | undefined } = {
  ColumnRef: ({ fields }) => last(fields),
  A_Indirection: ({ arg, indirection }) => last(indirection) ?? suggested(arg),
  FuncCall: ({ funcname }) => last(funcname),
  A_Expr: ({ kind }) => (kind === 'AEXPR_NULLIF' ? { name: 'nullif' } : undefined),
  TypeCast({ arg, typeName }) {
    const below = suggested(arg)
    const type = last(typeName?.names)
    return below && !below.weak ? below : type ? { ...type, weak: true } : below
  },
  CollateClause: ({ arg }) => suggested(arg),
  SubLink({ subLinkType, subselect }) {
    if (subLinkType === 'EXISTS_SUBLINK') return { name: 'exists' }
    if (subLinkType === 'ARRAY_SUBLINK') return { name: 'array' }
    if (subLinkType !== 'EXPR_SUBLINK') return undefined
    const first = nodeAs(nodeAs(subselect, 'SelectStmt')?.targetList?.[0], 'ResTarget')
    return first?.name === undefined ? suggested(first?.val) : { name: first.name }
  },
  CaseExpr({ defresult }) {
    const below = suggested(defresult)
    return below && !below.weak ? below : { name: 'case', weak: true }
  },
  MinMaxExpr: ({ op }) => ({ name: op === 'IS_LEAST' ? 'least' : 'greatest' }),
  SQLValueFunction: ({ op = '' }) => ({ name: valueFunction(op) }),
  XmlExpr: ({ op = '' }) => ({ name: op.replace('IS_', '').toLowerCase() }),
  JsonFuncExpr: ({ op = '' }) => ({ name: op.replace('_OP', '').toLowerCase() }),
}

function last(nodes: readonly Node[] | undefined): Suggested | undefined {
  const name = stringsOf(nodes).at(-1)
  return name === undefined ? undefined : { name }
}

/** `SVFOP_CURRENT_TIMESTAMP_N` → `current_timestamp` */
function valueFunction(op: string): string {
  return op.replace('SVFOP_', '').replace(/_N$/, '').toLowerCase()
}
