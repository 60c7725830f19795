import * as z from 'zod'
import { variableName } from './schema-leaves.js'

const PROJECT_WORDS = 'the reference of a project: 20 small letters, as in its address in the dashboard'
const POOLER_WORDS =
  'the host of the project’s session pooler, such as aws-0-eu-central-1.pooler.supabase.com'

/** `environments.<name>.supabase`: what the database URL of a project in Supabase's cloud is made of. */
export const supabaseProjectSchema = z
  .strictObject(
    {
      project: z
        .string({ error: PROJECT_WORDS })
        .regex(/^[a-z]{20}$/, PROJECT_WORDS)
        .meta({ description: 'The reference of the project.' }),
      pooler: z
        .string({ error: POOLER_WORDS })
        .regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, POOLER_WORDS)
        .optional()
        .meta({
          description:
            'The host of the session pooler, which has IPv4. Default: the database itself, which has IPv6 alone.',
        }),
      password_env: variableName(
        'The environment variable that holds the password of the database. Default: SUPABASE_DB_PASSWORD.',
      ),
    },
    { error: 'a map with project, and maybe pooler and password_env' },
  )
  .optional()
  .meta({
    description:
      'A project in Supabase’s cloud: the database URL is made of it and the password, where url_env’s variable is not set.',
  })
