import { relationKey } from '../../sql/relation-name.js'
import { treeAs } from '../../sql/tree.js'
import { walkTree } from '../../sql/walk-tree.js'

/** Qualified names of the relations that stand anywhere in a query, without those that its own WITH gives. */
export function relationsRead(query: unknown): string[] {
  const found = new Set<string>()
  const own = new Set<string>()
  for (const visited of walkTree(query)) {
    const relation = treeAs(visited, 'RangeVar')
    if (relation) found.add(relationKey(relation))
    const named = treeAs(visited, 'CommonTableExpr')
    if (named) own.add(relationKey({ relname: named.ctename ?? '' }))
  }
  return [...found].filter((name) => !own.has(name))
}
