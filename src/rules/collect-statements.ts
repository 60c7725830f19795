import type { Span } from '../model/position.js'
import type { Statement } from '../sql/open-parser.js'
import type { Seen } from './rule.js'

/** The statements of a file as rules see them, taken up while the file is read. */
export interface Collection {
  readonly statements: readonly Seen[]
  /** @param offsetOf from a `location` in the statement's tree to an offset in the file */
  readonly see: (statement: Statement, offsetOf: (location: number) => number) => void
}

/** Reads what is in a body: a DO block, a function. */
export type ReadBodies = (statement: Statement) => readonly Seen[]

/**
 * Keeps what rules need of a file's statements: the trees of a few thousand statements that only change rows, of any
 * more no more than says where they write; of INSERTs beyond that nothing. Dumps have them by the million.
 */
export function collectStatements(readBodies: ReadBodies): Collection {
  const statements: Seen[] = []
  let rows = 0
  return {
    statements,
    see(statement, offsetOf) {
      const changesRows = ROWS.has(statement.node)
      if (changesRows) rows += statement.span.end - statement.span.start
      if (rows > MOST_ROWS && (statement.node === 'InsertStmt' || statements.length > MOST_STATEMENTS)) return
      statements.push(makeSeen(statement, offsetOf, rows > MOST_ROWS && changesRows))
      if (BODIES.has(statement.node)) statements.push(...readBodies(statement))
    },
  }
}

const ROWS = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'])
const BODIES = new Set(['DoStmt', 'CreateFunctionStmt'])

/** Characters of statements that change rows, in one file, whose trees are kept whole. */
const MOST_ROWS = 256 * 1024
const MOST_STATEMENTS = 100_000

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
