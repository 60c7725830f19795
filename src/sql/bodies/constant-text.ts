import { nodeAs, stringsOf } from '../tree.js'
import { readLiteral } from './literal.js'
import { joinSources, type Source } from './source.js'

/** An expression in a text: `at` gives the UTF-16 offset in the source's text for a `location` of the tree. */
export interface Expression {
  readonly node: unknown
  readonly source: Source
  at(location: number | undefined): number
}

/** The text that an expression gives whatever the database holds: literals, joined ones, `format` without arguments. */
export function constantText(expression: Expression): Source | undefined {
  const { node } = expression
  const joined = operands(node)
  if (joined) return allOf(joined.map((operand) => constantText({ ...expression, node: operand })))
  const cast = nodeAs(node, 'TypeCast')
  if (cast) return isText(cast.typeName?.names) ? constantText({ ...expression, node: cast.arg }) : undefined
  const call = nodeAs(node, 'FuncCall')
  if (call) {
    const isFormat = stringsOf(call.funcname).at(-1) === 'format' && call.args?.length === 1
    const format = isFormat ? constantText({ ...expression, node: call.args?.[0] }) : undefined
    return format?.text.includes('%') ? undefined : format
  }
  return literalOf(expression)
}

function literalOf({ node, source, at }: Expression): Source | undefined {
  const constant = nodeAs(node, 'A_Const')
  if (constant?.sval === undefined) return undefined
  const literal = readLiteral(source, at(constant.location))
  return literal?.text === (constant.sval.sval ?? '') ? literal : undefined
}

/** Of `a || b`. */
export function operands(node: unknown): readonly unknown[] | undefined {
  const operation = nodeAs(node, 'A_Expr')
  const isJoin = operation?.kind === 'AEXPR_OP' && stringsOf(operation.name).at(-1) === '||'
  return isJoin ? [operation.lexpr, operation.rexpr] : undefined
}

function isText(names: readonly unknown[] | undefined): boolean {
  return ['text', 'varchar', 'name'].includes(stringsOf(names).at(-1) ?? '')
}

function allOf(sources: readonly (Source | undefined)[]): Source | undefined {
  const known = sources.filter((source) => source !== undefined)
  return known.length === sources.length ? joinSources(known) : undefined
}
