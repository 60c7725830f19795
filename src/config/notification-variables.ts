import type { Command } from '../model/inputs.js'
import { SILENT_COMMANDS } from '../model/notification.js'
import { isSameEnvironment } from './is-same-environment.js'
import type { NotificationSettings } from './notifications-schema.js'
import type { DevflowFile } from './parse-devflow-yml.js'

/** Those that may be sent of a command in an environment. */
export function notificationsFor(
  environment: string,
  command: Command,
  file: DevflowFile | undefined,
): readonly NotificationSettings[] {
  if (SILENT_COMMANDS.includes(command)) return []
  return (file?.document.notifications ?? []).filter(
    ({ environments }) => environments?.some((name) => isSameEnvironment(name, environment)) ?? true,
  )
}

/** The variables that hold where notifications go to and what signs them: all of each is secret. */
export function notificationVariables(
  notifications: readonly NotificationSettings[] | undefined,
): readonly string[] {
  return (notifications ?? []).flatMap(({ url_env, secret_env }) => [
    url_env,
    ...(secret_env ? [secret_env] : []),
  ])
}
