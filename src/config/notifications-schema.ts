import * as z from 'zod'
import { NOTIFICATION_EVENTS, NOTIFICATION_TYPES } from '../model/notification.js'
import { text } from './schema-leaves.js'

const NAME = 'the name of an environment variable'

const variable = (description: string) =>
  z
    .string({ error: NAME })
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, `${NAME}, such as SLACK_WEBHOOK_URL`)
    .meta({ description })

const EVENT_WORDS = `${NOTIFICATION_EVENTS.slice(0, -1).join(', ')} or ${NOTIFICATION_EVENTS.at(-1)}`

const notification = z.strictObject(
  {
    type: z.enum(NOTIFICATION_TYPES, { error: 'webhook or slack' }).meta({
      description: 'What the message is: JSON for any program (webhook), or for a channel of Slack (slack).',
    }),
    url_env: variable('The environment variable that holds the URL.'),
    secret_env: variable('The environment variable whose value signs the message; for webhook.').optional(),
    on: z
      .array(z.enum(NOTIFICATION_EVENTS, { error: EVENT_WORDS }), { error: `a list of ${EVENT_WORDS}` })
      .min(1, 'a list with an event in it')
      .optional()
      .meta({ description: 'On what it is sent. Default: failed, drift, waiting-for-approval and applied.' }),
    environments: z
      .array(text('The name of an environment.'), { error: 'a list of environments' })
      .optional()
      .meta({ description: 'The environments whose runs it tells of. Default: all.' }),
  },
  { error: 'a map with type and url_env' },
)

/** `notifications` */
export const notificationsSchema = z
  .array(
    notification.refine(
      ({ type, secret_env }) => type === 'webhook' || secret_env === undefined,
      'a map in which secret_env stands with type: webhook',
    ),
    { error: 'a list of notifications' },
  )
  .optional()
  .meta({ description: 'Who is told of a run: webhooks, and channels of Slack.' })

export type NotificationSettings = NonNullable<z.infer<typeof notificationsSchema>>[number]
