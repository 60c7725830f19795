import type { ColumnRef } from '@pgsql/types'
import { stringsOf } from '../../sql/tree.js'
import { walkTree } from '../../sql/walk-tree.js'

/** The names of the columns that an expression reads, each once: the last part of `t.a`. */
export function columnsIn(expression: unknown): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { node, tree } of walkTree(expression)) {
    const name = node === 'ColumnRef' ? stringsOf((tree as ColumnRef).fields).at(-1) : undefined
    if (name !== undefined) names.add(name)
  }
  return names
}
