import type { RangeVar, TruncateStmt } from '@pgsql/types'
import { nodeAs } from '../../sql/tree.js'
import type { Known } from '../known/known.js'

/** The tables that a TRUNCATE names and that were there before. */
export function emptiedTables({ relations = [] }: TruncateStmt, known: Known): RangeVar[] {
  return relations
    .flatMap((node) => nodeAs(node, 'RangeVar') ?? [])
    .filter((table) => !known.isNew(table) && !known.relation(table)?.temporary)
}
