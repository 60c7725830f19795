import { nodeAs, stringsOf, treeAs } from './tree.js'
import { nodesOf, type Visited } from './walk-tree.js'

/** What tables, views and indexes a statement names, without their schemas; the index that it makes among them. */
export function namedRelations(statement: Visited): string[] {
  const dropped = (treeAs(statement, 'DropStmt')?.objects ?? []).map((object) =>
    stringsOf(nodeAs(object, 'List')?.items).at(-1),
  )
  const read = [...nodesOf(statement, 'RangeVar')].map(({ relname }) => relname)
  const made = treeAs(statement, 'IndexStmt')?.idxname
  return [...new Set([...dropped, ...read, made].filter((name) => name !== undefined))]
}
