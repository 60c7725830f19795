import * as z from 'zod'
import { environmentSchema } from './environment-schema.js'
import { healthSchema } from './health-schema.js'
import {
  apiSchemasSchema,
  bigTablesSchema,
  postgresVersionSchema,
  rulesSchema,
  schemasSchema,
  strictnessSchema,
} from './judging-schema.js'
import { notificationsSchema } from './notifications-schema.js'
import { schemaDumpSchema } from './schema-dump-schema.js'
import { text, yesNo } from './schema-leaves.js'
import { secretsSchema } from './secrets-schema.js'
import { substituteSchema } from './substitute-schema.js'

/*
 * Loaded lazily: the schema library costs start-up time that a run without a file need not pay.
 */

const IDENTIFIER_WORDS = 'a PostgreSQL name of 1 to 63 bytes'

const identifier = (description: string, allowed: (name: string) => boolean, words: string) =>
  z
    .string({ error: IDENTIFIER_WORDS })
    .min(1, { error: IDENTIFIER_WORDS, abort: true })
    .max(63, { error: IDENTIFIER_WORDS, abort: true })
    .refine((name) => isIdentifier(name), { error: IDENTIFIER_WORDS, abort: true })
    .refine(allowed, words)
    .optional()
    .meta({ description })

/** NUL and lone surrogates can't be sent; longer names the server would cut silently. */
function isIdentifier(name: string): boolean {
  return !name.includes('\0') && !/\p{Surrogate}/u.test(name) && Buffer.byteLength(name) <= 63
}

/** A history in `pg_temp` would vanish with the connection, and everything would be applied again. */
const isOwnSchema = (name: string) => !/^pg_/.test(name) && name !== 'information_schema'

const OWN_RELATIONS = ['migration_history', 'schema_snapshots', 'target_identity', 'migration_status_view']

const migrations = z.strictObject(
  {
    directory: text(
      'The folder of the .sql files, relative to the working directory. Default: migrations, else supabase/migrations.',
    ).optional(),
    format: z.enum(['sql', 'supabase'], { error: 'sql or supabase' }).optional().meta({
      description:
        'What applies the files: sql (the default) or supabase, the Supabase CLI under supervision.',
    }),
    tracking: z
      .enum(['devflow', 'supabase', 'both'], { error: 'devflow, supabase or both' })
      .optional()
      .meta({
        description:
          'Where applied files are recorded: devflow, our tables alone; both, the Supabase CLI’s table too (the default for supabase/migrations); supabase, the same, and what is gone there is pending again.',
      }),
    prelude: z.enum(['supabase', 'off'], { error: 'supabase or off' }).optional().meta({
      description:
        'supabase: a shadow that files are replayed on gets stand-ins for Supabase’s own schemas and roles. Default for supabase/migrations: where the target has them.',
    }),
    tracking_table: identifier(
      'The table that records what is applied. Default: schema_migrations.',
      (name) => !OWN_RELATIONS.includes(name),
      `another name: ${OWN_RELATIONS.join(', ')} are our own`,
    ),
    tracking_schema: identifier(
      'The schema of the tracking table. Default: devflow.',
      isOwnSchema,
      'a schema of your own, not one of the system (pg_…, information_schema)',
    ),
    use_supabase_cli: yesNo('true is the same as format: supabase.'),
    'supabase-cli': text(
      'The program of the Supabase CLI, relative to the working directory. Default: node_modules/.bin/supabase, else the first on PATH.',
    ).optional(),
    exclude: z
      .array(text('A glob pattern, such as seed*.sql.'), { error: 'a list of glob patterns' })
      .optional()
      .meta({ description: 'Names in the folder that are no migrations, as glob patterns.' }),
    legacy: z
      .array(text('A glob pattern, such as 00*.sql.'), { error: 'a list of glob patterns' })
      .optional()
      .meta({
        description:
          'Names of files whose own transaction control is honoured, statement by statement, as glob patterns.',
      }),
    substitute: substituteSchema,
    allow_out_of_order: yesNo(
      'Apply a pending file that sorts before an applied one. Default: false. A false here is not undone by the flag.',
    ),
    gaps: strictnessSchema('What a number that is left out among the versions is. Default: off.'),
    changed: strictnessSchema(
      'What it is when a migration on the base branch was edited, renamed or deleted. Default: error.',
    ),
  },
  { error: 'a map of settings' },
)

const database = z.strictObject(
  {
    migrations: migrations
      .optional()
      .meta({ description: 'The migration files and the tables that track them.' }),
    environments: z
      .record(z.string(), environmentSchema.nullable(), { error: 'a map of environments' })
      .optional()
      .meta({ description: 'The databases by environment: local, staging, production, or any other name.' }),
    rules: rulesSchema,
    'postgres-version': postgresVersionSchema,
    'api-schemas': apiSchemasSchema,
    'big-tables': bigTablesSchema,
    schemas: schemasSchema,
    health: healthSchema,
    'schema-dump': schemaDumpSchema,
  },
  { error: 'a map of settings' },
)

/** `devflow.yml`. Unknown keys are mistakes: a misspelt `require_approval` must not pass for "no approval". */
export const devflowSchema = z
  .strictObject(
    {
      version: z
        .literal(['1', 1], { error: '"1"' })
        .optional()
        .meta({ description: 'The version of this file’s format: "1".' }),
      project: z
        .strictObject({ name: text('The name of the project.').optional() }, { error: 'a map of settings' })
        .optional()
        .meta({ description: 'The project.' }),
      database: database.optional().meta({ description: 'Migrations and databases.' }),
      notifications: notificationsSchema,
      secrets: secretsSchema
        .optional()
        .meta({ description: 'Where the secrets come from that the environment does not have.' }),
    },
    { error: 'a map of settings' },
  )
  .meta({ title: 'devflow.yml', description: 'Configuration of devflow-migrate.' })

export type DevflowDocument = z.infer<typeof devflowSchema>
