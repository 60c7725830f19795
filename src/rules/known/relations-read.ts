import type { CommonTableExpr, RangeVar } from '@pgsql/types'
import { relationKey } from '../../sql/relation-name.js'

/** Qualified names of the relations that stand anywhere in a query, without those that its own WITH gives. */
export function relationsRead(query: unknown): string[] {
  const found = new Set<string>()
  const own = new Set<string>()
  const left: unknown[] = [query]
  while (left.length > 0) {
    const node = left.pop()
    if (node === null || typeof node !== 'object') continue
    for (const [key, value] of Object.entries(node)) {
      if (key === 'RangeVar') found.add(relationKey(value as RangeVar))
      if (key === 'CommonTableExpr')
        own.add(relationKey({ relname: (value as CommonTableExpr).ctename ?? '' }))
      left.push(value)
    }
  }
  return [...found].filter((name) => !own.has(name))
}
