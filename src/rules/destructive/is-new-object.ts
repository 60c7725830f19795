import type { Known } from '../known/known.js'

/** The judged files made it, or the table that it belongs to: nobody uses it yet. */
export function isNewObject(known: Known, type: string, parts: readonly string[]): boolean {
  if (PARTS_OF_TABLES.has(type)) return known.isNew(parts.slice(0, -1))
  if (ROUTINES.has(type)) {
    const key = parts.length > 1 ? parts.slice(-2).join('.') : `public.${parts[0]}`
    const found = known.functions.get(key)
    return found !== undefined && found.length > 0 && found.every(({ isNew }) => isNew)
  }
  if (type === 'OBJECT_SCHEMA') return known.schemas.get(parts[0] ?? '')?.isNew ?? false
  if (type === 'OBJECT_TYPE' || type === 'OBJECT_DOMAIN') return known.type(parts)?.isNew ?? false
  return known.isNew(parts)
}

const PARTS_OF_TABLES = new Set(['OBJECT_POLICY', 'OBJECT_TRIGGER', 'OBJECT_RULE'])

export const ROUTINES: ReadonlySet<string> = new Set([
  'OBJECT_FUNCTION',
  'OBJECT_PROCEDURE',
  'OBJECT_ROUTINE',
  'OBJECT_AGGREGATE',
])
