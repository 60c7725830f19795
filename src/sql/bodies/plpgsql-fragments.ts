/** A piece of SQL in a PL/pgSQL body, as the parser tells of it. */
export interface PlpgsqlFragment {
  /** As the body has it, except that an INTO clause is spaces, and that PERFORM reads ` SELECT`. */
  readonly query: string
  readonly kind: 'statement' | 'perform' | 'expression' | 'assignment' | 'dynamic'
  /** Of the body, from 1: the statement that it belongs to begins on it. 0: not told. */
  readonly line: number
  /** INTO was taken out of it. */
  readonly into: boolean
}

/**
 * All SQL in the tree of `parsePlpgsql`, in two lists of which each is in the order of the text: what is run, and what
 * the declarations hold.
 */
export function plpgsqlFragments(tree: unknown): readonly (readonly PlpgsqlFragment[])[] {
  const functions = (tree as { plpgsql_funcs?: readonly { PLpgSQL_function?: Tree }[] }).plpgsql_funcs ?? []
  return functions.flatMap(({ PLpgSQL_function: body }) => [
    [...walk(body?.action, START)],
    [...walk(body?.datums, START)],
  ])
}

type Tree = Readonly<Record<string, unknown>>

interface Place {
  readonly line: number
  readonly kind: PlpgsqlFragment['kind']
  readonly into: boolean
}

const START: Place = { line: 0, kind: 'expression', into: false }

function* walk(value: unknown, place: Place): Generator<PlpgsqlFragment> {
  if (Array.isArray(value)) for (const item of value) yield* walk(item, place)
  else if (typeof value === 'object' && value !== null) yield* walkNode(value as Tree, place)
}

function* walkNode(node: Tree, outer: Place): Generator<PlpgsqlFragment> {
  const line = typeof node.lineno === 'number' ? node.lineno : outer.line
  const into = node.sqlstmt === undefined ? outer.into && 'PLpgSQL_expr' in node : node.into === true
  const place = { ...outer, line, into }
  for (const key of inOrder(Object.keys(node))) {
    const value = node[key]
    if (key === 'PLpgSQL_expr') yield* fragmentOf(value as Tree, place)
    else if (!REPEATED.has(key)) yield* walk(value, { ...place, kind: kindOf(key, place.kind) })
  }
}

/** The tree names variables again where they are set. */
const REPEATED: ReadonlySet<string> = new Set(['var', 'target', 'datatype'])

/** The tree has the body of a loop before what it runs over. */
function inOrder(keys: readonly string[]): readonly string[] {
  const rank = (key: string) => LAST.indexOf(key)
  return keys.some((key) => LAST.includes(key)) ? [...keys].sort((a, b) => rank(a) - rank(b)) : keys
}

const LAST = ['body', 'exceptions']

function kindOf(key: string, kind: PlpgsqlFragment['kind']): PlpgsqlFragment['kind'] {
  if (key === 'PLpgSQL_stmt_perform') return 'perform'
  if (key === 'dynquery') return 'dynamic'
  if (key === 'PLpgSQL_stmt_dynexecute' || key === 'PLpgSQL_stmt_dynfors') return 'dynamic'
  // USING, bodies: what is in a statement is of its own kind again.
  return key === 'query' || key === 'expr' || key === 'sqlstmt' ? kind : 'expression'
}

function* fragmentOf({ query, parseMode }: Tree, place: Place): Generator<PlpgsqlFragment> {
  if (typeof query !== 'string') return
  const kind = place.kind === 'expression' ? (OF_MODE[Number(parseMode ?? 0)] ?? 'assignment') : place.kind
  const when = /^"__Case__Variable_\d+__" IN \(([\s\S]*)\)$/.exec(query)
  yield { query: when?.[1] ?? query, kind, line: place.line, into: place.into }
}

/** `RawParseMode` of the server; 3 to 5 are assignments, to a name of so many parts. */
const OF_MODE: Readonly<Record<number, PlpgsqlFragment['kind']>> = {
  0: 'statement',
  1: 'statement',
  2: 'expression',
}
