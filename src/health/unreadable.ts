import type { HealthVerdict } from '../model/health.js'
import type { ServerError } from '../model/session.js'

/** The server refused to tell. */
export function unreadable(what: string, { message }: ServerError): HealthVerdict {
  return {
    state: 'failed',
    message: `${what} could not be read: ${message}`,
    help: 'Look at what the role of the connection may read; or give the check more time (timeout).',
  }
}
