import type { Graph } from '../model/graph.js'
import type { MigrationFile } from '../model/migration.js'
import { versionKey } from '../model/version.js'

/** Every migration, with what it declares to need; what is merely applied before it is no dependency. */
export function makeGraph(files: readonly MigrationFile[], format: Graph['format']): Graph {
  const places = new Map(files.map(({ version }, index) => [versionKey(version), index]))
  const edges = files.flatMap(({ dependsOn }, by) =>
    dependsOn.flatMap((version) => {
      const needed = places.get(versionKey(version))
      return needed === undefined ? [] : [{ needed, by }]
    }),
  )
  return { format, names: files.map(({ name }) => name), edges }
}
