import type { MigrationFile } from '../../model/migration.js'
import type { Made } from './known.js'
import type { State } from './state.js'

/** What a file made is not new for those after it: it is there already, and applications use it. */
export function settle(state: State, file: MigrationFile): void {
  for (const [key, relation] of state.relations) {
    if (relation.file !== file) continue
    const columns = [...relation.columns].map(([name, column]) => [name, inside(column)] as const)
    state.relations.set(key, {
      ...old(relation),
      columns: new Map(columns),
      constraints: relation.constraints.map(inside),
      indexes: relation.indexes.map(inside),
      policies: relation.policies.map(inside),
    })
  }
  for (const [key, type] of state.types) if (type.file === file) state.types.set(key, old(type))
  for (const [key, made] of state.schemas) if (made.file === file) state.schemas.set(key, old(made))
  for (const [key, functions] of state.functions) {
    if (functions.some((each) => each.file === file))
      state.functions.set(
        key,
        functions.map((each) => (each.file === file ? old(each) : each)),
      )
  }
}

function old<T extends Made>(thing: T): T {
  return { ...thing, isNew: false }
}

function inside<T extends { readonly made: Made }>(part: T): T {
  return { ...part, made: old(part.made) }
}
