import type { Reach } from '../../model/reach.js'

/** What several pieces of SQL set in motion together, in order. */
export function mergeReach(reaches: readonly Reach[]): Reach {
  const [first] = reaches
  if (reaches.length === 1 && first) return first
  const merged: Record<string, unknown> = {}
  for (const reach of reaches) for (const [key, value] of Object.entries(reach)) add(merged, key, value)
  return merged as Reach
}

/** A list is added to; a flag stays set. The lists are copies: a block can have tens of thousands of statements. */
function add(merged: Record<string, unknown>, key: string, value: unknown): void {
  const before = merged[key]
  if (!Array.isArray(value)) merged[key] = value
  else if (Array.isArray(before)) for (const each of value) before.push(each)
  else if (value.length > 0) merged[key] = [...value]
}
