import * as z from 'zod'
import { isOneQuery } from '../sql/is-one-query.js'
import { SIZE_PATTERN, SIZE_WORDS } from './parse-size.js'
import { duration, text, variableName } from './schema-leaves.js'

const TABLE_WORDS = 'a table such as orders or billing.invoices, or all tables of a schema: public.*'

const tables = (description: string) =>
  z
    .array(
      text('A table: orders, billing.invoices; or all of a schema: public.*').regex(
        /^(?:[^.*]+\.)?(?:[^.*]+)$|^[^.*]+\.\*$/,
        TABLE_WORDS,
      ),
      { error: `a list: ${TABLE_WORDS}` },
    )
    .min(1, 'a list with a table in it')
    .optional()
    .meta({ description })

const size = (description: string) =>
  z.string({ error: SIZE_WORDS }).regex(SIZE_PATTERN, SIZE_WORDS).optional().meta({ description })

/** As a variable stands in a template. */
const shown = (name: string) => `\${${name}}`

const HTTP_URL = /^(?:https?:\/\/|\$\{[A-Za-z_][A-Za-z0-9_]*\})/

const fields = {
  connectivity: z.literal(true, { error: 'true' }).optional().meta({
    description: 'A new connection can be made, and the server answers on it.',
  }),
  tables: tables('Tables that have to be there.'),
  rls: tables('Tables that have row level security enabled.'),
  sql: text('A query.')
    .refine(isOneQuery, 'one query: SELECT, WITH, VALUES or TABLE, and nothing behind it')
    .optional()
    .meta({
      description: 'One query whose only value has to be true. It runs in a transaction that is read only.',
    }),
  http: text('A URL.')
    .regex(HTTP_URL, `a URL that begins with https://, or with a variable: ${shown('API_URL')}/health`)
    .optional()
    .meta({ description: `The URL of an endpoint, which may hold ${shown('NAME')} of the environment.` }),
  status: z
    .int({ error: 'a status of HTTP, such as 200' })
    .min(100, 'a status of HTTP, such as 200')
    .max(599, 'a status of HTTP, such as 200')
    .optional()
    .meta({ description: 'The status that the endpoint has to answer. Default: any of 200 to 299.' }),
  body: text('A text that the answer of the endpoint has to hold.').optional(),
  headers: z
    .record(
      z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'the name of a header'),
      text(`The value, which may hold ${shown('NAME')} of the environment.`).regex(/^[^\r\n]*$/, 'one line'),
      { error: 'a map from headers to values' },
    )
    .optional()
    .meta({
      description: `Headers that are sent to the endpoint: Authorization: Bearer ${shown('API_TOKEN')}.`,
    }),
  supabase: variableName(
    'The REST API of the Supabase project at SUPABASE_URL answers; the variable that holds its key.',
  ),
  'replication-lag': duration('How far standbys may lag behind.'),
  'long-transactions': duration('How long a transaction of others may have been open.'),
  'free-space': size('How much of the disk has to be free, where that can be known.'),
  disk: size('The size of the disk that the databases lie on, for free-space.'),
  name: text('What the check is called in messages.').optional(),
  timeout: duration('How long one try may take. Default: 10s.'),
  retries: z
    .int({ error: 'a number from 0 to 10' })
    .min(0, 'a number from 0 to 10')
    .max(10, 'a number from 0 to 10')
    .optional()
    .meta({ description: 'How often it is tried again. Default: 2.' }),
}

/** Each is a check of its own; the other keys say more of one. */
export const HEALTH_KINDS = [
  'connectivity',
  'tables',
  'rls',
  'sql',
  'http',
  'supabase',
  'replication-lag',
  'long-transactions',
  'free-space',
] as const

const BELONGS: Readonly<Record<string, (typeof HEALTH_KINDS)[number]>> = {
  status: 'http',
  body: 'http',
  headers: 'http',
  disk: 'free-space',
}

const KIND_WORDS = `a map with one of ${HEALTH_KINDS.slice(0, -1).join(', ')} and ${HEALTH_KINDS.at(-1)}`

const check = z
  .strictObject(fields, { error: KIND_WORDS })
  .refine((given) => HEALTH_KINDS.filter((kind) => given[kind] !== undefined).length === 1, KIND_WORDS)
  .refine(
    (given) =>
      Object.entries(BELONGS).every(
        ([key, kind]) => given[key as keyof typeof given] === undefined || given[kind] !== undefined,
      ),
    'a map in which status, body and headers stand with http, and disk with free-space',
  )

const checks = (description: string) =>
  z.array(check, { error: 'a list of checks' }).optional().meta({ description })

/** `database.health` and `database.environments.<name>.health` */
export const healthSchema = z
  .strictObject(
    {
      before: checks('What has to hold before anything is applied.'),
      after: checks('What has to hold when all is applied.'),
    },
    { error: 'a map with before and after' },
  )
  .optional()
  .meta({ description: 'Health checks, before anything is applied and afterwards.' })

export type HealthCheckSettings = z.infer<typeof check>
