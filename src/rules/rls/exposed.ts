import type { KnownRelation } from '../known/known.js'
import type { SetContext } from '../rule.js'

/**
 * Relations that the judged files made and that an API serves when all of them have run: in one of its schemas, neither
 * temporary nor a partition, which APIs show as their table.
 */
export function* exposedRelations(
  { known, judging }: SetContext,
  kind: KnownRelation['kind'],
): Generator<KnownRelation> {
  for (const relation of known.relations.values()) {
    const { isNew, temporary, partitionOf, schema } = relation
    if (relation.kind !== kind || !isNew || temporary || partitionOf !== undefined) continue
    if (judging.apiSchemas.includes(schema)) yield relation
  }
}
