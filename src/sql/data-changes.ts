import type { DeleteStmt, InsertStmt, UpdateStmt } from '@pgsql/types'
import type { Span } from '../model/position.js'
import { optionIsOn } from './option-is-on.js'
import { tokens } from './split-list.js'
import { nodeAs } from './tree.js'
import { type Visited, walkTree } from './walk-tree.js'

/** A change of rows that a statement makes, itself or in its WITH. */
export type DataChange = { readonly span: Span } & (
  | { readonly kind: 'delete'; readonly tree: DeleteStmt }
  | { readonly kind: 'update'; readonly tree: UpdateStmt }
  | { readonly kind: 'insert'; readonly tree: InsertStmt }
)

/**
 * The deletes, updates and inserts that run when a statement does: also in `WITH x AS (DELETE …)`, `COPY (DELETE …
 * RETURNING …) TO …` and `EXPLAIN ANALYZE`; not what a rule or a function holds for later.
 */
export function* dataChanges(statement: Placed, text: string): Generator<DataChange> {
  if (!RUNS.has(statement.node) || isOnlyExplained(statement)) return
  const own = changeOf(statement)
  if (own) yield { ...own, span: statement.span }
  if (own?.kind === 'insert' && isRowsOnly(own.tree)) return
  for (const visited of walkTree(statement.tree)) {
    const change = changeOf(visited)
    if (change) yield { ...change, span: spanOf(statement, change, text) }
  }
}

interface Placed extends Visited {
  readonly span: Span
  offsetOf(location: number | undefined): number
}

type Unplaced =
  | { readonly kind: 'delete'; readonly tree: DeleteStmt }
  | { readonly kind: 'update'; readonly tree: UpdateStmt }
  | { readonly kind: 'insert'; readonly tree: InsertStmt }

const RUNS = new Set([
  'SelectStmt',
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'CopyStmt',
  'CreateTableAsStmt',
  'PrepareStmt',
  'ExplainStmt',
])

/** Some have a million of them, and no other statement in them. */
function isRowsOnly({ selectStmt, withClause }: InsertStmt): boolean {
  return withClause === undefined && nodeAs(selectStmt, 'SelectStmt')?.valuesLists !== undefined
}

function isOnlyExplained({ node, tree }: Visited): boolean {
  if (node !== 'ExplainStmt') return false
  return !optionIsOn(nodeAs({ [node]: tree }, 'ExplainStmt')?.options, 'analyze')
}

function changeOf({ node, tree }: Visited): Unplaced | undefined {
  switch (node) {
    case 'DeleteStmt':
      return { kind: 'delete', tree }
    case 'UpdateStmt':
      return { kind: 'update', tree }
    case 'InsertStmt':
      return { kind: 'insert', tree }
    default:
      return undefined
  }
}

/** From the word DELETE, UPDATE or INSERT before the table's name to the end of the parentheses around it. */
function spanOf({ span, offsetOf }: Placed, { kind, tree }: Unplaced, text: string): Span {
  const at = tree.relation?.location === undefined ? span.start : offsetOf(tree.relation.location)
  let start: number | undefined
  let end = span.end
  let depth = 0
  for (const piece of tokens(text, span)) {
    const word = text.slice(piece.start, piece.end)
    if (piece.start < at) {
      if (word.toLowerCase() === kind) start = piece.start
      continue
    }
    if (word === '(') depth++
    if (word === ')' && --depth < 0) return { start: start ?? span.start, end }
    end = piece.end
  }
  return start === undefined ? span : { start, end }
}
