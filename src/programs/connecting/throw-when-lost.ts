import { ConnectionError } from '../../model/connection-error.js'
import type { Session } from '../../model/session.js'

/** A session for what can all be done again on another: that its connection is lost is an error, not an answer. */
export function throwWhenLost(session: Session): Session {
  return {
    ...session,
    send: async (sql, options) => {
      const reply = await session.send(sql, options)
      if (reply.state !== 'lost') return reply
      const message = `The connection was lost: ${reply.error?.message}.`
      throw new ConnectionError({ message, help: 'Run again.' }, 'cut')
    },
  }
}
