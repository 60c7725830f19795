import type { Known, KnownIndex, KnownRelation } from '../known/known.js'

/** An index that the files made, with its table. */
export interface FoundIndex {
  readonly table: KnownRelation
  readonly index: KnownIndex
}

/** The index of that name; undefined where the files do not tell. */
function knownIndex(known: Known, parts: readonly string[]): FoundIndex | undefined {
  const [name, schema] = parts.toReversed()
  for (const table of known.relations.values()) {
    if (schema !== undefined && table.schema !== schema) continue
    const index = table.indexes.find((each) => each.name === name)
    if (index) return { table, index }
  }
  return undefined
}

/** The judged files made the index or its table, so nobody waits for it. */
export function isNewIndex(known: Known, parts: readonly string[]): boolean {
  const found = knownIndex(known, parts)
  return found !== undefined && (found.index.made.isNew || found.table.isNew)
}
