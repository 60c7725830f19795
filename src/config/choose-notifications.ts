import type { Config } from '../model/config.js'
import { NOTIFICATION_EVENTS, type Notification } from '../model/notification.js'
import type { Problem } from '../model/problem.js'
import type { ChosenEnvironment } from './choose-environment.js'
import { isSameEnvironment } from './is-same-environment.js'
import { notificationsFor } from './notification-variables.js'
import type { NotificationSettings } from './notifications-schema.js'
import type { DevflowFile } from './parse-devflow-yml.js'
import { showValue } from './show-value.js'
import type { Sources } from './sources.js'

/** Who is told of this run. An environment that there is none of is a mistake: nobody would ever be told of it. */
export function chooseNotifications(
  { environment }: ChosenEnvironment,
  { file, command, ledger }: Sources,
): Pick<Config, 'notifications'> {
  if (file === undefined || command === undefined) return {}
  const known = Object.keys(file.document.database?.environments ?? {})
  const named = new Set((file.document.notifications ?? []).flatMap(({ environments = [] }) => environments))
  for (const name of known.length === 0 ? [] : named)
    if (!known.some((one) => isSameEnvironment(name, one))) ledger.problems.push(unknown(name, known, file))
  const here = notificationsFor(environment.name, command, file)
  return here.length === 0 ? {} : { notifications: here.map(asNotification) }
}

function unknown(name: string, known: readonly string[], { name: file }: DevflowFile): Problem {
  return {
    message: `A notification of ${file} is for the environment ${showValue(name)}, which is not there.`,
    help: `Environments there: ${known.slice(0, 20).map(showValue).join(', ')}.`,
  }
}

function asNotification({ type, url_env, secret_env, on }: NotificationSettings): Notification {
  return {
    type,
    urlVariable: url_env,
    ...(secret_env === undefined ? {} : { secretVariable: secret_env }),
    // A plan of each pull request would be more than anybody reads.
    on: on ?? NOTIFICATION_EVENTS.filter((event) => event !== 'planned'),
  }
}
