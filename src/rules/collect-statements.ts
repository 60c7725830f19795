import type { Span } from '../model/position.js'
import type { Statement } from '../sql/open-parser.js'
import type { Seen } from './rule.js'

/** The statements of a file as rules see them, taken up while the file is read. */
export interface Collection {
  /** Those that were not handed on. */
  readonly statements: readonly Seen[]
  /** @param offsetOf from a `location` in the statement's tree to an offset in the file */
  readonly see: (statement: Statement, offsetOf: (location: number) => number) => void
}

/** Reads what is in a body: a DO block, a function. */
export type ReadBodies = (statement: Statement) => Iterable<Seen>

/**
 * Keeps what rules need of a file's statements: the trees of a few thousand statements that only change rows, of any
 * more no more than says where they write; of INSERTs beyond that nothing. Dumps have them by the million.
 *
 * @param onPart handed those that there are whenever they have become too many to be kept. Default: they are kept
 */
export function collectStatements(
  readBodies: ReadBodies,
  onPart?: (statements: readonly Seen[]) => void,
): Collection {
  let statements: Seen[] = []
  let [rows, count, weight] = [0, 0, 0]
  const add = (seen: Seen, least: number, isThin = false) => {
    statements.push(seen)
    count++
    weight += least + (isThin ? 0 : WEIGHT_OF_CHARACTER * (seen.span.end - seen.span.start))
    if (!onPart || weight < HEAVIEST) return
    const part = statements
    statements = []
    weight = 0
    onPart(part)
  }
  return {
    get statements() {
      return statements
    },
    see(statement, offsetOf) {
      const { node, span } = statement
      const changesRows = ROWS.has(node)
      if (changesRows) rows += span.end - span.start
      const isThin = changesRows && rows > MOST_ROWS
      if (isThin && (node === 'InsertStmt' || count > MOST_STATEMENTS)) return
      add(makeSeen(statement, offsetOf, isThin), WEIGHT, isThin)
      if (BODIES.has(node)) for (const seen of readBodies(statement)) add(seen, WEIGHT_IN_BODY)
    },
  }
}

const ROWS = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'])
const BODIES = new Set(['DoStmt', 'CreateFunctionStmt'])

/** Characters of statements that change rows, in one file, whose trees are kept whole. */
const MOST_ROWS = 256 * 1024
const MOST_STATEMENTS = 100_000

/** Bytes, roughly: of a statement, of one that was found in a body, and of a tree by the length of its text. */
const WEIGHT = 1_500
const WEIGHT_IN_BODY = 4_000
const WEIGHT_OF_CHARACTER = 50
const HEAVIEST = 16 * 1024 * 1024

function makeSeen(
  { node, tree, span }: Statement,
  offsetOf: (location: number) => number,
  thin: boolean,
): Seen {
  return {
    node,
    tree: thin ? thinned(tree) : tree,
    span,
    within: 'file',
    offsetOf: (location) => (location === undefined ? span.start : inside(offsetOf(location), span)),
  }
}

function inside(offset: number, { start, end }: Span): number {
  return Math.min(Math.max(offset, start), end)
}

/** What it writes to, and whether it is told which rows. */
function thinned({ relation, whereClause, withClause }: Statement['tree']): Statement['tree'] {
  return {
    ...(relation === undefined ? {} : { relation }),
    ...(whereClause === undefined ? {} : { whereClause: TREE_LEFT_OUT }),
    ...(withClause === undefined ? {} : { withClause: TREE_LEFT_OUT }),
  }
}

const TREE_LEFT_OUT = {}
