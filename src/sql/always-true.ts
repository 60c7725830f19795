import type { A_Expr, Node } from '@pgsql/types'
import { nodeAs } from './tree.js'

/**
 * A condition that holds for every row, as far as its text tells: `true`, `1 = 1`, `id = id`, `not false`,
 * `x is not distinct from x`, `a or true`. `id = id` leaves out rows where it is null, which is not what its author
 * counts on, so it counts as true too.
 */
export function isAlwaysTrue(condition: Node | undefined): boolean {
  return condition !== undefined && truth(condition, DEEPEST) === true
}

/** Conditions nested deeper are not judged: nobody writes them. */
const DEEPEST = 50

type Truth = boolean | undefined

function truth(node: Node | undefined, depth: number): Truth {
  if (depth === 0) return undefined
  const cast = nodeAs(node, 'TypeCast')
  if (cast) return truth(cast.arg, depth - 1) ?? booleanText(cast.arg)
  const constant = nodeAs(node, 'A_Const')
  if (constant?.boolval) return constant.boolval.boolval ?? false
  return combined(node, depth) ?? tested(node, depth) ?? compared(nodeAs(node, 'A_Expr'), depth)
}

/** `'t'::boolean` */
function booleanText(node: Node | undefined): Truth {
  const text = nodeAs(node, 'A_Const')?.sval?.sval?.toLowerCase()
  if (text === undefined) return undefined
  if (['t', 'true', 'y', 'yes', 'on', '1'].includes(text)) return true
  return ['f', 'false', 'n', 'no', 'off', '0'].includes(text) ? false : undefined
}

function combined(node: Node | undefined, depth: number): Truth {
  const { boolop, args = [] } = nodeAs(node, 'BoolExpr') ?? {}
  if (boolop === undefined) return undefined
  const truths = args.map((each) => truth(each, depth - 1))
  if (boolop === 'NOT_EXPR') return truths[0] === undefined ? undefined : !truths[0]
  const decides = boolop === 'OR_EXPR'
  if (truths.includes(decides)) return decides
  return truths.includes(undefined) ? undefined : !decides
}

/** `x is null or x is not null` is left to reviewers; `1 is not null` and `true is true` are not. */
function tested(node: Node | undefined, depth: number): Truth {
  const nulls = nodeAs(node, 'NullTest')
  if (nulls && nodeAs(nulls.arg, 'A_Const')) {
    const isNull = nodeAs(nulls.arg, 'A_Const')?.isnull === true
    return isNull === (nulls.nulltesttype === 'IS_NULL')
  }
  const test = nodeAs(node, 'BooleanTest')
  const value = test && truth(test.arg as Node, depth - 1)
  if (value === undefined) return undefined
  const wanted = TESTS.get(test?.booltesttype ?? '')
  return wanted === undefined ? undefined : wanted === value
}

const TESTS = new Map([
  ['IS_TRUE', true],
  ['IS_NOT_FALSE', true],
  ['IS_FALSE', false],
  ['IS_NOT_TRUE', false],
])

function compared(expression: A_Expr | undefined, depth: number): Truth {
  if (!expression) return undefined
  const { kind, lexpr, rexpr } = expression
  const operator = nodeAs(expression.name?.[0], 'String')?.sval ?? ''
  if (isSame(lexpr, rexpr)) return SAME.get(`${kind} ${operator}`)
  if (kind === 'AEXPR_IN') return isListed(operator, lexpr, rexpr)
  if (kind !== 'AEXPR_OP' || operator === '') return undefined
  const [left, right] = [numberOf(lexpr), numberOf(rexpr)]
  if (left !== undefined && right !== undefined) return NUMBERS.get(operator)?.(left, right)
  const [one, other] = [truth(lexpr, depth - 1), truth(rexpr, depth - 1)]
  const equal = one === undefined || other === undefined ? textsEqual(lexpr, rexpr) : one === other
  if (equal === undefined) return undefined
  if (operator === '=') return equal
  return operator === '<>' ? !equal : undefined
}

/** Both sides are the same expression, which always gives the same. */
const SAME = new Map<string, boolean>([
  ['AEXPR_OP =', true],
  ['AEXPR_OP >=', true],
  ['AEXPR_OP <=', true],
  ['AEXPR_OP <>', false],
  ['AEXPR_OP <', false],
  ['AEXPR_OP >', false],
  ['AEXPR_NOT_DISTINCT =', true],
  ['AEXPR_DISTINCT =', false],
  ['AEXPR_LIKE ~~', true],
])

const NUMBERS = new Map<string, (left: number, right: number) => boolean>([
  ['=', (left, right) => left === right],
  ['<>', (left, right) => left !== right],
  ['<', (left, right) => left < right],
  ['<=', (left, right) => left <= right],
  ['>', (left, right) => left > right],
  ['>=', (left, right) => left >= right],
])

/** `1 in (1, 2)`, `x in (x)` */
function isListed(operator: string, left: Node | undefined, right: Node | undefined): Truth {
  const items = nodeAs(right, 'List')?.items ?? []
  return operator === '=' && items.some((each) => isSame(left, each)) ? true : undefined
}

function numberOf(node: Node | undefined): number | undefined {
  const constant = nodeAs(node, 'A_Const')
  if (constant?.ival) return constant.ival.ival ?? 0
  return constant?.fval ? Number(constant.fval.fval) : undefined
}

function textsEqual(left: Node | undefined, right: Node | undefined): Truth {
  const [one, other] = [left, right].map((each) => nodeAs(each, 'A_Const')?.sval)
  return one && other ? (one.sval ?? '') === (other.sval ?? '') : undefined
}

/** Columns and constants only: a function may give another value each time. */
function isSame(left: Node | undefined, right: Node | undefined): boolean {
  const one = plain(left)
  return one !== undefined && one === plain(right)
}

function plain(node: Node | undefined): string | undefined {
  const column = nodeAs(node, 'ColumnRef')
  if (column) return JSON.stringify(column.fields)
  const constant = nodeAs(node, 'A_Const')
  if (!constant || constant.isnull) return undefined
  const { location: _, ...value } = constant
  return JSON.stringify(value)
}
