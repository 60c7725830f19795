import type { TypeName } from '@pgsql/types'
import { showName } from './relation-name.js'
import { nodeAs, stringsOf } from './tree.js'

/**
 * A type as the server names it, with its modifiers: `int4`, `varchar(100)`, `numeric(10,2)`, `timestamptz`, `text[]`,
 * `public.mood`. Undefined for what is no plain type (`%TYPE`).
 */
export function typeName(type: TypeName | undefined): string | undefined {
  if (!type || type.pct_type) return undefined
  const parts = stringsOf(type.names)
  const plain = parts[0] === 'pg_catalog' ? parts.slice(1) : parts
  const name = showName(plain)
  const modifiers = (type.typmods ?? []).map(modifier)
  // A bare `interval` has none; `interval day` has a mask that says nothing to people.
  const shown = modifiers.length > 0 && modifiers.every((one) => one !== undefined)
  return `${name}${shown ? `(${modifiers.join(',')})` : ''}${'[]'.repeat(type.arrayBounds?.length ?? 0)}`
}

function modifier(node: unknown): string | undefined {
  const constant = nodeAs(node, 'A_Const')
  if (constant?.ival) return String(constant.ival.ival ?? 0)
  return constant?.sval?.sval
}
