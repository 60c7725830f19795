import type { Rehearsed } from '../../model/outcome.js'

/** All that a rehearsal locked, read as a whole, wrote anew or changed rows of, each once: what a size is worth knowing of. */
export function measuredRelations(rehearsal: readonly Rehearsed[]): string[] {
  const relations = rehearsal
    .flatMap(({ measured = [] }) => measured)
    .flatMap(({ locks, rewritten, scanned, rows }) => [
      ...locks.map(({ relation }) => relation),
      ...rewritten,
      ...scanned,
      ...rows.map(({ relation }) => relation),
    ])
  return [...new Set(relations)]
}
