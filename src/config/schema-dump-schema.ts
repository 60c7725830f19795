import { text } from './schema-leaves.js'

/** `database.schema-dump` and `database.environments.<name>.schema-dump` */
export const schemaDumpSchema = text(
  'A file in the workspace that the schema is written to after migrate, as stable SQL for review: schema.sql.',
).optional()
