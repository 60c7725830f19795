import { nodeAs, stringsOf } from '../../sql/tree.js'
import { serverVolatility } from '../../sql/volatility.js'
import { walkTree } from '../../sql/walk-tree.js'
import type { Known, KnownFunction } from '../known/known.js'

/** A function in an expression that gives, or may give, each row a value of its own. */
export interface VolatileCall {
  /** As written: `random`, `app.new_id`. */
  readonly name: string
  /** Whether that is certain; else nothing is known of the function. */
  readonly certain: boolean
}

/** The function that makes the server compute an expression for each row: one that surely does before one that may. */
export function volatileCall(expression: unknown, known: Known): VolatileCall | undefined {
  let doubtful: VolatileCall | undefined
  for (const { node, tree } of walkTree(expression)) {
    if (node !== 'FuncCall') continue
    const parts = stringsOf((tree as { funcname?: readonly unknown[] }).funcname)
    const volatility = volatilityOf(parts, known)
    const name = parts.filter((part) => part !== 'pg_catalog').join('.')
    if (volatility === 'volatile') return { name, certain: true }
    if (volatility === 'unknown') doubtful ??= { name, certain: false }
  }
  return doubtful
}

function volatilityOf(parts: readonly string[], known: Known): 'volatile' | 'stable' | 'unknown' {
  const [name = '', schema] = parts.toReversed()
  const theirs = serverVolatility(name)
  if (schema === 'pg_catalog' || (schema === undefined && theirs !== 'unknown')) return theirs
  const ours = known.functions.get(`${schema ?? 'public'}.${name}`)
  return ours ? worst(ours.map(declaredVolatility)) : theirs
}

/** A function in SQL becomes a part of the expression that calls it, and then what it does decides. */
function declaredVolatility({ definition, language }: KnownFunction): 'volatile' | 'stable' | 'unknown' {
  const option = (definition.options ?? [])
    .map((each) => nodeAs(each, 'DefElem'))
    .find((each) => each?.defname === 'volatility')
  const declared = nodeAs(option?.arg, 'String')?.sval ?? 'volatile'
  if (declared !== 'volatile') return 'stable'
  return language === 'sql' ? 'unknown' : 'volatile'
}

function worst(each: readonly ('volatile' | 'stable' | 'unknown')[]): 'volatile' | 'stable' | 'unknown' {
  if (each.every((one) => one === 'stable')) return 'stable'
  return each.every((one) => one === 'volatile') ? 'volatile' : 'unknown'
}
