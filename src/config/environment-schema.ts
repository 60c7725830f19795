import * as z from 'zod'
import { backupSchema } from './backup-schema.js'
import { healthSchema } from './health-schema.js'
import { environmentRulesSchema, forceSchema, strictnessSchema } from './judging-schema.js'
import { REHEARSE_MODES, TRANSACTION_MODES } from './modes.js'
import { SIZE_PATTERN, SIZE_WORDS } from './parse-size.js'
import { schemaDumpSchema } from './schema-dump-schema.js'
import { duration, text, variableName, yesNo } from './schema-leaves.js'
import { supabaseProjectSchema } from './supabase-project-schema.js'

const rehearsal = z.strictObject(
  {
    'lock-timeout': duration('How long a rehearsal on the target waits for a lock. Default: 1s.'),
    'statement-timeout': duration('How long it lets a statement run. Default: 30s.'),
    'large-table': z.string({ error: SIZE_WORDS }).regex(SIZE_PATTERN, SIZE_WORDS).optional().meta({
      description:
        'On class production, to rewrite a table of this size, or to read it under a lock that stops others, stops a run. Default: 10MB.',
    }),
  },
  { error: 'a map of settings' },
)

/** `database.environments.<name>` */
export const environmentSchema = z.strictObject(
  {
    url_env: variableName('The environment variable that holds the database URL. Default: DATABASE_URL.'),
    supabase: supabaseProjectSchema,
    class: z
      .enum(['development', 'staging', 'production'], { error: 'development, staging or production' })
      .optional()
      .meta({ description: 'How careful to be: development, staging or production. Default: by the name.' }),
    require_approval: yesNo('Apply only what somebody approved. Default: false.'),
    approval: z
      .enum(['github-environment', 'comment', 'review', 'confirmation'], {
        error: 'github-environment, comment, review or confirmation',
      })
      .optional()
      .meta({
        description:
          'What proves an approval: a required reviewer of the GitHub environment (the default), a comment on the pull request that holds the plan’s hash, a review by a team on the commit, or a confirmation, which nobody reviews.',
      }),
    'approval-team': text('The team whose reviews count: dba, or organisation/dba.').optional(),
    'self-approval': z.enum(['allowed', 'refused'], { error: 'allowed or refused' }).optional().meta({
      description: 'Whether who started the run may approve it. Default: allowed.',
    }),
    'approval-rerun': z
      .enum(['continue', 'accept', 'refuse'], { error: 'continue, accept or refuse' })
      .optional()
      .meta({
        description:
          'What a later attempt of a run may do, since GitHub does not tell which attempt was approved: go on with the plan that an earlier one began (continue, the default), use the approval (accept), or nothing (refuse).',
      }),
    'github-environment': text(
      'The GitHub environment whose required reviewers count. Default: the same name.',
    ).optional(),
    ephemeral: yesNo(
      'The database is thrown away with the job, so a fork’s pull request may connect to it. Default: false.',
    ),
    'review-window': duration(
      'How long a run waits before it applies or undoes, so that somebody can stop it. Default: 0.',
    ),
    'lock-timeout': duration('How long one attempt waits for a table lock. Default: 3s.'),
    'statement-timeout': duration('How long one statement may run; 0 is without limit. Default: 0.'),
    'idle-in-transaction-session-timeout': duration(
      'How long the server keeps a transaction open in which nothing runs; 0 is without limit. Default: 0.',
    ),
    'transaction-timeout': duration(
      'How long one transaction may take, on PostgreSQL 17 and newer; 0 is without limit. Default: 0.',
    ),
    'lock-wait': duration('How long to wait for another run to finish. Default: 5m.'),
    rules: environmentRulesSchema,
    force: forceSchema,
    transaction: z.enum(TRANSACTION_MODES, { error: 'file, all or none' }).optional().meta({
      description:
        'One transaction for each file (file, the default), one for all pending files (all), or each statement alone (none).',
    }),
    rehearse: z.enum(REHEARSE_MODES, { error: 'auto, shadow, target or off' }).optional().meta({
      description:
        'Where pending files are tried before they are applied: on a server that is thrown away (shadow); on the target, rolled back (target); not at all (off); or (auto, the default) on a shadow where the environment is protected, else on the target. An off does not undo what another source names.',
    }),
    shadow_url_env: variableName(
      'The environment variable that holds the URL of a server to rehearse on. Default: SHADOW_DATABASE_URL.',
    ),
    rehearsal: rehearsal
      .optional()
      .meta({ description: 'How long a rehearsal on the target may take, and which tables are large.' }),
    ...backupSchema,
    health: healthSchema,
    'schema-dump': schemaDumpSchema,
    'schema-drift': strictnessSchema(
      'What it is when the schema was changed by other hands since the last run. Default: warn.',
    ),
  },
  { error: 'a map of settings' },
)
