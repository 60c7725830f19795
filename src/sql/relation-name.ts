import type { RangeVar } from '@pgsql/types'
import { RESERVED_WORDS } from './reserved-words.js'

/** `public.orders`: how a relation is told apart; without a schema it is taken to be in `public`. */
export function relationKey(relation: Pick<RangeVar, 'schemaname' | 'relname'>): string {
  return `${relation.schemaname ?? 'public'}.${relation.relname ?? ''}`
}

/** The name as a message shows it: `orders`, `billing.orders`; quoted where SQL would need it. */
export function showRelation(relation: Pick<RangeVar, 'schemaname' | 'relname'> | undefined): string {
  if (!relation) return 'the table'
  return showName([...(relation.schemaname ? [relation.schemaname] : []), relation.relname ?? ''])
}

/** The parts of a name as SQL: `a."B c"`. */
export function showName(parts: readonly string[]): string {
  return parts.map((part) => (isPlain(part) ? part : `"${part.replaceAll('"', '""')}"`)).join('.')
}

function isPlain(part: string): boolean {
  return /^[a-z_][a-z0-9_$]*$/.test(part) && !RESERVED_WORDS.has(part)
}
