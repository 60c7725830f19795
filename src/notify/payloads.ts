import type { Notification } from '../model/notification.js'
import type { Message } from './make-message.js'
import { slackPayload } from './slack-payload.js'

/**
 * The axis: whom a message is made for. To add one: its name in `model/notification.ts`, its file here, its line below. What
 * it makes is sent as JSON.
 */
export const PAYLOADS: Readonly<Record<Notification['type'], (message: Message) => object>> = {
  webhook: (message) => message,
  slack: slackPayload,
}
