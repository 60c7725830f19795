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
export function dataChanges(statement: Placed, text: string): readonly DataChange[] {
  const known = READ.get(statement)
  if (known) return known
  const changes = readChanges(statement, text)
  READ.set(statement, changes)
  return changes
}

/** Several rules ask about the same statement. */
const READ = new WeakMap<object, readonly DataChange[]>()

function readChanges(statement: Placed, text: string): readonly DataChange[] {
  if (!RUNS.has(statement.node) || isOnlyExplained(statement)) return []
  const own = changeOf(statement)
  const first = own ? [{ ...own, span: statement.span }] : []
  if (own?.kind === 'insert' && isRowsOnly(own.tree)) return first
  const within = [...walkTree(statement.tree)].flatMap((visited) => changeOf(visited) ?? [])
  return [...first, ...withSpans(statement, within, text)]
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

/** Parentheses that are open. */
interface Frame {
  /** Where the words stand last in it. */
  readonly words: Map<string, number>
  /** The changes that end where it ends. */
  readonly changes: Unplaced[]
}

/** From the word DELETE, UPDATE or INSERT before a table's name to the end of the parentheses around it. */
function withSpans({ span, offsetOf }: Placed, changes: readonly Unplaced[], text: string): DataChange[] {
  if (changes.length === 0) return []
  const places = changes.map((change) => ({ change, at: offsetOf(change.tree.relation?.location) }))
  const left = places.toSorted((a, b) => b.at - a.at)
  const spans = new Map<Unplaced, Span>()
  const frames: Frame[] = [{ words: new Map(), changes: [] }]
  let end = span.start
  const close = () => {
    for (const change of frames.pop()?.changes ?? []) {
      const start = spans.get(change)?.start
      if (start !== undefined) spans.set(change, { start, end })
    }
  }
  for (const piece of tokens(text, span)) {
    const word = text.slice(piece.start, piece.end).toLowerCase()
    if (word === ')' && frames.length > 1) close()
    if (word === '(') frames.push({ words: new Map(), changes: [] })
    const frame = frames.at(-1)
    for (let next = left.at(-1); next && next.at <= piece.start; next = left.at(-1)) {
      left.pop()
      const start = frame?.words.get(next.change.kind)
      if (start === undefined) continue
      spans.set(next.change, { start, end: span.end })
      frame?.changes.push(next.change)
    }
    if (WORDS.has(word)) frame?.words.set(word, piece.start)
    end = piece.end
  }
  while (frames.length > 0) close()
  return changes.map((change) => ({ ...change, span: spans.get(change) ?? span }))
}

const WORDS: ReadonlySet<string> = new Set<Unplaced['kind']>(['delete', 'update', 'insert'])
