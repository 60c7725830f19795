import * as z from 'zod'
import { LEVELS } from '../model/judging.js'
import { RULE_IDS } from '../model/rule-ids.js'

const LEVEL_WORDS = 'off, notice, warn, block, force or never'

const level = (description: string) => z.enum(LEVELS, { error: LEVEL_WORDS }).optional().meta({ description })

const settings = z.strictObject({
  level: level('What its findings mean in every environment.'),
  development: level('What its findings mean in environments of class development.'),
  staging: level('What its findings mean in environments of class staging.'),
  production: level('What its findings mean in environments of class production.'),
  exclude: z
    .array(
      z.string({ error: 'text' }).min(1, 'text').meta({ description: 'A glob pattern, such as 00*.sql.' }),
      {
        error: 'a list of glob patterns',
      },
    )
    .optional()
    .meta({ description: 'Names of files it is not asked about, as glob patterns.' }),
})

/** `database.rules`: by rule a level, or levels by class of environment and the files it is not asked about. */
export const rulesSchema = z
  .partialRecord(
    z.enum(RULE_IDS),
    z.union([z.enum(LEVELS, { error: LEVEL_WORDS }), settings], {
      error: `${LEVEL_WORDS}, or a map with level, development, staging, production and exclude`,
    }),
    { error: 'a map from rules to levels' },
  )
  .optional()
  .meta({ description: 'What the findings of a rule mean: off, notice, warn, block, force or never.' })

/** `database.environments.<name>.rules` */
export const environmentRulesSchema = z
  .partialRecord(z.enum(RULE_IDS), z.enum(LEVELS, { error: LEVEL_WORDS }), {
    error: 'a map from rules to levels',
  })
  .optional()
  .meta({ description: 'What the findings of a rule mean in this environment; wins over database.rules.' })

/** `database.environments.<name>.force` */
export const forceSchema = z
  .array(z.enum(RULE_IDS, { error: 'a rule' }), { error: 'a list of rules' })
  .optional()
  .meta({ description: 'Rules of level force whose findings do not stop a run here, without FORCE_RUN.' })

const names = (what: string, description: string) =>
  z
    .array(
      z
        .string({ error: what })
        .regex(NAME, what)
        .meta({ description: `${what}.` }),
      {
        error: `a list: ${what}`,
      },
    )
    .optional()
    .meta({ description })

const NAME = /^[^\s.\0"']+(?:\.[^\s.\0"']+)?$/

/** `database.postgres-version` */
export const postgresVersionSchema = z
  .literal([15, 16, 17, 18, '15', '16', '17', '18'], { error: '15, 16, 17 or 18' })
  .optional()
  .meta({
    description: 'The major version to judge for where no server is known. Default: 15, the strictest.',
  })

/** `database.api-schemas` */
export const apiSchemasSchema = names(
  'the name of a schema',
  'Schemas that an API serves to the world. Default: public in a Supabase project, else none.',
)

/** `database.schemas` */
export const schemasSchema = names(
  'the name of a schema',
  'The schemas that are watched for changes by other hands. Default: all but the system’s and those of extensions.',
)

/** `database.big-tables` */
export const bigTablesSchema = names(
  'the name of a table, such as orders or billing.invoices',
  'Tables known to be large.',
)

/** `database.migrations.gaps` and `database.migrations.changed` */
export const strictnessSchema = (description: string) =>
  z.enum(['error', 'warn', 'off'], { error: 'error, warn or off' }).optional().meta({ description })
