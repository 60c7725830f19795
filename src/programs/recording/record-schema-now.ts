import { recordSchema } from '../../database/schema/record-schema.js'
import { noteSchemaTaken } from '../../plan/note-schema-taken.js'
import type { Way } from '../way.js'

/**
 * Records what the schema is after a command that changed what counts as applied, so that the next run sees what other
 * hands change from here on. It never fails; where the connection was lost meanwhile, the next run says that it can't tell.
 */
export async function recordSchemaNow({ config, gathered, session }: Way): Promise<void> {
  if (config.schemaDrift === 'off' || gathered.target === undefined) return
  await session.send(recordSchema(gathered.target.tracking, config.run.toolVersion, config.schemas))
}

/**
 * Says what {@link recordSchemaNow} will take for what the schema is to be, though no run left it so: it can't be told
 * afterwards.
 */
export function tellSchemaTaken({ config, gathered, known }: Way): void {
  const notes = noteSchemaTaken(known.schemaComparison, config)
  gathered.notes = [...(gathered.notes ?? []), ...notes]
}
