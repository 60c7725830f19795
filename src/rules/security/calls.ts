import type { FuncCall } from '@pgsql/types'
import type { Span } from '../../model/position.js'
import { stringsOf, treeAs } from '../../sql/tree.js'
import { walkTree } from '../../sql/walk-tree.js'
import type { Seen } from '../rule.js'
import { wordAt } from './word-at.js'

/** A call of a function in a statement. */
export interface Call {
  /** Without its schema, in lower case as the server folds it. */
  readonly name: string
  readonly call: FuncCall
  /** The name in the text, where it can be told. */
  readonly span?: Span
}

/** The calls of functions that run with the statement; what it only stores (rules, bodies, defaults) is left out. */
export function* calls({ node, tree, offsetOf }: Seen, text: string): Generator<Call> {
  if (!RUNS.has(node)) return
  for (const visited of walkTree(tree)) {
    const call = treeAs(visited, 'FuncCall')
    if (!call) continue
    const [name = '', schema] = stringsOf(call.funcname).toReversed()
    if (schema !== undefined && !SCHEMAS.has(schema)) continue
    const span = wordAt(text, offsetOf(call.location), /[\w$".]+/y)
    yield { name, call, ...(span ? { span } : {}) }
  }
}

const RUNS = new Set([
  'SelectStmt',
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'CallStmt',
  'CopyStmt',
  'CreateTableAsStmt',
  'ExplainStmt',
  'PrepareStmt',
  'DeclareCursorStmt',
])

/** Where extensions and the server keep theirs; a function of that name elsewhere is another one. */
const SCHEMAS = new Set(['pg_catalog', 'public', 'extensions'])
