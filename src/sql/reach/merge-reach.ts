import type { Reach } from '../../model/reach.js'

/** What several pieces of SQL set in motion together, in order. */
export function mergeReach(reaches: readonly Reach[]): Reach {
  const [first] = reaches
  if (reaches.length === 1 && first) return first
  const merged: Record<string, unknown> = {}
  for (const reach of reaches) for (const [key, value] of Object.entries(reach)) add(merged, key, value)
  return merged as Reach
}

/** A list is added to; a flag stays set. */
function add(merged: Record<string, unknown>, key: string, value: unknown): void {
  const before = merged[key]
  if (!Array.isArray(value)) merged[key] = value
  else if (value.length > 0) merged[key] = Array.isArray(before) ? [...before, ...value] : value
}
