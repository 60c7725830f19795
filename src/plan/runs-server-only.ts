import type {
  A_Expr,
  A_Indirection,
  ColumnRef,
  Constraint,
  FuncCall,
  IndexElem,
  RangeVar,
  SortBy,
  SubLink,
  TypeName,
} from '@pgsql/types'
import { nodeAs, stringsOf } from '../sql/tree.js'
import { serverVolatility } from '../sql/volatility.js'

/** What a part of a statement is judged by. */
export interface Around {
  /** Keys of the tables that it may name. */
  readonly tables: ReadonlySet<string>
  readonly columns: ReadonlySet<string>
  /** Names of functions that are somebody's, whatever the server has of that name. */
  readonly functions: ReadonlySet<string>
  /** Without its schema no function is known to be the server's. */
  readonly areNamesUnsure?: true
  /** A value that is another one for each row has the table written anew, and all its indexes with it. */
  readonly isFilled?: true
}

/**
 * Whether a part of a statement runs nothing but what is the server's own; `types`: but that it has values of other types,
 * whose checks may run anything.
 */
export type Runs = 'server' | 'types' | 'anything'

/**
 * Looks at each node of a tree once, and goes by the names in them. A node that is not listed here may run anything.
 *
 * Not told apart: somebody's function or operator that has the name of one of the server's, for other arguments.
 */
export function runsServerOnly(root: object, around: Around): Runs {
  const left: object[] = [root]
  let runs: Runs = 'server'
  for (let value = left.pop(); value; value = left.pop()) {
    for (const key in value) {
      const child = (value as Readonly<Record<string, unknown>>)[key]
      if (typeof child !== 'object' || child === null) continue
      const kind = kindOf(key, child)
      const judged = kind === undefined ? 'inner' : NODES.get(kind)
      if (judged === undefined) return 'anything'
      if (judged === 'leaf') continue
      if (judged === 'inner') left.push(child)
      else if (judged === 'type') runs = isTypeOfServer(child, around) ? runs : 'types'
      else if (judged(child as never, around)) left.push(child)
      else return 'anything'
    }
  }
  return runs
}

/** Undefined: a list, what only holds a node, or nothing. */
function kindOf(key: string, child: object): string | undefined {
  if (isKind(key)) return key
  if (Array.isArray(child)) return undefined
  for (const inner in child) return isKind(inner) ? undefined : (FIELDS.get(key) ?? 'unknown')
  return undefined
}

function isKind(key: string): boolean {
  const code = key.charCodeAt(0)
  return code >= 65 && code <= 90
}

/** Of fields that hold a node of one kind only the parser does not say which. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['alias', 'Alias'],
  ['collClause', 'CollateClause'],
  ['infer', 'InferClause'],
  ['larg', 'SelectStmt'],
  ['newowner', 'RoleSpec'],
  ['ofTypename', 'TypeName'],
  ['onConflictClause', 'OnConflictClause'],
  ['over', 'WindowDef'],
  ['partspec', 'PartitionSpec'],
  ['pktable', 'ReferredTable'],
  ['rarg', 'SelectStmt'],
  ['relation', 'RangeVar'],
  ['returningClause', 'ReturningClause'],
  ['typeName', 'TypeName'],
  ['withClause', 'WithClause'],
])

type Judged = 'leaf' | 'inner' | 'type' | ((node: never, around: Around) => boolean)

const words = (judged: Judged, list: string) => list.split(/\s+/).map((word) => [word, judged] as const)

const NODES: ReadonlyMap<string, Judged> = new Map<string, Judged>([
  ...words(
    'leaf',
    `A_Const A_Star Alias Boolean CollateClause DefElem Float Integer ReferredTable RoleSpec SetToDefault SQLValueFunction
    String`,
  ),
  ...words(
    'inner',
    `A_ArrayExpr A_Indices AlterTableCmd BoolExpr BooleanTest CaseExpr CaseWhen CoalesceExpr ColumnDef CommonTableExpr
    DeleteStmt InferClause InsertStmt JoinExpr List MinMaxExpr MultiAssignRef NullTest OnConflictClause PartitionSpec
    RangeFunction RangeSubselect ResTarget ReturningClause RowExpr SelectStmt TypeCast UpdateStmt WindowDef WithClause`,
  ),
  ['TypeName', 'type'],
  ['A_Expr', ({ name }: A_Expr) => isOperator(name)],
  ['A_Indirection', ({ indirection }: A_Indirection) => stringsOf(indirection).length === 0],
  ['ColumnRef', isColumn],
  ['Constraint', isPlainConstraint],
  ['FuncCall', isOfServer],
  ['IndexElem', hasServersClass],
  ['PartitionElem', hasServersClass],
  ['RangeVar', (table: RangeVar, { tables }: Around) => tables.has(tableKey(table))],
  ['SortBy', ({ useOp }: SortBy) => useOp === undefined],
  ['SubLink', ({ operName }: SubLink) => operName === undefined || isOperator(operName)],
])

/** As it is written: without a schema it may be another one than in any that is named. */
export function tableKey({ catalogname, schemaname, relname }: RangeVar): string {
  return [catalogname, schemaname, relname].filter((part) => part !== undefined).join('\0')
}

/** `t.f` is a column or a function of the row. */
function isColumn({ fields = [] }: ColumnRef, { columns, functions }: Around): boolean {
  const last = nodeAs(fields.at(-1), 'String')?.sval
  return fields.length === 1 || last === undefined || (columns.has(last) && !functions.has(last))
}

/** The operators of an EXCLUDE stand in no place of their own. */
function isPlainConstraint({ contype }: Constraint, { isFilled }: Around): boolean {
  const isOfEach = contype === 'CONSTR_IDENTITY' || contype === 'CONSTR_GENERATED'
  return contype !== 'CONSTR_EXCLUSION' && !(isFilled && isOfEach)
}

function isOfServer({ funcname }: FuncCall, around: Around): boolean {
  const [name = '', schema] = stringsOf(funcname).reverse()
  const isSomebodys = schema === undefined && (around.areNamesUnsure || around.functions.has(name))
  if (isSomebodys || (schema ?? 'pg_catalog') !== 'pg_catalog') return false
  if (HARMLESS.has(name)) return !around.isFilled
  return serverVolatility(name) === 'stable' && !OF_EXTENSIONS.has(name)
}

function hasServersClass({ opclass = [] }: Pick<IndexElem, 'opclass'>): boolean {
  const parts = stringsOf(opclass)
  return parts.length === 0 || (parts.length === 1 && CLASSES.has(parts[0] ?? ''))
}

function isOperator(parts: unknown[] | undefined): boolean {
  const [name = '', schema = 'pg_catalog'] = stringsOf(parts).reverse()
  return schema === 'pg_catalog' && OPERATORS.has(name)
}

function isTypeOfServer({ names, pct_type }: TypeName, { isFilled }: Around): boolean {
  const [name = '', schema = 'pg_catalog'] = stringsOf(names).reverse()
  const isKnown = TYPES.has(name) || (!isFilled && SERIALS.has(name))
  return schema === 'pg_catalog' && !pct_type && isKnown
}

const setOf = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/))

/** Not the same each time; but they only give a value. */
const HARMLESS =
  setOf(`array_agg bool_and bool_or clock_timestamp count currval gen_random_uuid generate_series json_agg
  jsonb_agg max min nextval random row_number string_agg sum unnest`)

/** That the usual ones have them does not say whose they are in this database. */
const OF_EXTENSIONS =
  setOf(`armor citext crypt digest hmac hstore unaccent uuid_generate_v3 uuid_generate_v5 uuid_nil
  uuid_ns_dns uuid_ns_oid uuid_ns_url uuid_ns_x500`)

const CLASSES =
  setOf(`array_ops bpchar_pattern_ops inet_ops jsonb_ops jsonb_path_ops text_ops text_pattern_ops
  timestamptz_ops uuid_ops varchar_ops varchar_pattern_ops`)

const BETWEEN = ['BETWEEN', 'NOT BETWEEN', 'BETWEEN SYMMETRIC', 'NOT BETWEEN SYMMETRIC']

const OPERATORS: ReadonlySet<string> = new Set([
  ...setOf(`= <> != < > <= >= + - * / % ^ || && & | # << >> @> <@ -> ->> #> #>> #- ? ?| ?& @? @@ ~ ~* !~ !~* ~~ ~~* !~~
    !~~*`),
  ...BETWEEN,
])

const TYPES =
  setOf(`bit bool box bpchar bytea char cidr circle date daterange datemultirange float4 float8 inet
  int2 int4 int4multirange int4range int8 int8multirange int8range interval json jsonb jsonpath line lseg macaddr
  macaddr8 money name numeric nummultirange numrange oid path pg_lsn point polygon regclass regtype text time timestamp timestamptz timetz tsmultirange tsquery tsrange tstzmultirange
  tstzrange tsvector uuid varbit varchar xml`)

const SERIALS = setOf('bigserial serial serial2 serial4 serial8 smallserial')
