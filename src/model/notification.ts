import type { Command } from './inputs.js'

/** What a notification can be about, the most pressing first: of several that hold, the first is its title. */
export const NOTIFICATION_EVENTS = ['failed', 'drift', 'waiting-for-approval', 'applied', 'planned'] as const

export type NotificationEvent = (typeof NOTIFICATION_EVENTS)[number]

/** Commands that only show what is there tell nobody. */
export const SILENT_COMMANDS: readonly Command[] = [
  'validate',
  'graph',
  'status',
  'history',
  'new',
  'serve',
  'setup',
]

export const NOTIFICATION_TYPES = ['webhook', 'slack'] as const

/** Where a message goes to, and on what. Holds no secret: only the names of variables. */
export interface Notification {
  readonly type: (typeof NOTIFICATION_TYPES)[number]
  readonly urlVariable: string
  /** Its value signs the message. */
  readonly secretVariable?: string
  readonly on: readonly NotificationEvent[]
}
