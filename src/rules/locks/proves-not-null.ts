import type { BoolExpr, Node, NullTest } from '@pgsql/types'
import { nodeAs, stringsOf } from '../../sql/tree.js'

/**
 * Whether rows that pass a CHECK can not be NULL in a column, by the form that the server looks for: `c is not null`,
 * alone or joined to others by AND. `c > 0` proves nothing, for NULL passes it.
 */
export function provesNotNull(check: Node | undefined, column: string): boolean {
  for (
    const left: { node: Node | undefined; wanted: NullTest['nulltesttype'] }[] = [
      { node: check, wanted: 'IS_NOT_NULL' },
    ];
    ;
  ) {
    const next = left.pop()
    if (!next) return false
    const test = nodeAs(next.node, 'NullTest')
    if (test?.nulltesttype === next.wanted && isColumn(test?.arg, column)) return true
    const both = nodeAs(next.node, 'BoolExpr')
    const isNot = both?.boolop === 'NOT_EXPR'
    const wanted = isNot ? OPPOSITE[next.wanted ?? 'IS_NULL'] : next.wanted
    if (both && (isNot || both.boolop === JOINING[next.wanted ?? 'IS_NULL']))
      left.push(...(both.args ?? []).map((node) => ({ node, wanted })))
  }
}

const OPPOSITE = { IS_NULL: 'IS_NOT_NULL', IS_NOT_NULL: 'IS_NULL' } as const

/** NOT (a or b) is NOT a AND NOT b. */
const JOINING: Readonly<Record<string, BoolExpr['boolop']>> = { IS_NOT_NULL: 'AND_EXPR', IS_NULL: 'OR_EXPR' }

function isColumn(node: Node | undefined, column: string): boolean {
  return stringsOf(nodeAs(node, 'ColumnRef')?.fields).at(-1) === column
}
